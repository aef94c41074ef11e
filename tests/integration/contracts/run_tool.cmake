# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DCONTRACTS=<contracts folder> -P run_tool.cmake -- <tool> <arguments…>
find_program(NODE NAMES node nodejs NO_CACHE)
if(NOT NODE)
    message(FATAL_ERROR "node is missing: the contracts are built with Node 20 or newer")
endif()
if(NOT IS_DIRECTORY "${CONTRACTS}/node_modules")
    message(FATAL_ERROR "contracts/node_modules is missing: run \"npm ci\" in contracts/ (packaging/test.sh does)")
endif()

set(arguments "")
set(after FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(index RANGE ${last})
    if(after)
        list(APPEND arguments "${CMAKE_ARGV${index}}")
    elseif("${CMAKE_ARGV${index}}" STREQUAL "--")
        set(after TRUE)
    endif()
endforeach()
list(POP_FRONT arguments tool)

if(tool MATCHES "\\.mjs$")
    set(command "${NODE}" "${CONTRACTS}/tools/${tool}")
else()
    set(command "${CONTRACTS}/node_modules/.bin/${tool}")
endif()

execute_process(COMMAND ${command} ${arguments}
    WORKING_DIRECTORY "${CONTRACTS}" RESULT_VARIABLE result)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "${tool} ended with ${result}")
endif()
