# SPDX-License-Identifier: GPL-3.0-or-later
# How every library, module and test of Amana is declared: one place for flags, include roots and labels.
#
# A library sees only the headers of the libraries it links: `#include "core/base/result.h"` is found through
# build/<preset>/include/core-base/core/base, a link to the source folder that only users of core-base have
# on their include path. A forbidden include therefore does not build.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_AUTOMOC ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
    set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network Sql)
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(tl-expected REQUIRED)

add_library(amana-flags INTERFACE)
target_compile_options(amana-flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
    -Wold-style-cast -Woverloaded-virtual -Werror -fstack-protector-strong)
target_compile_definitions(amana-flags INTERFACE QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)

# amana_library(core/crypto SOURCES … LINK … PRIVATE_LINK …): static library `core-crypto`.
function(amana_library folder)
    cmake_parse_arguments(A "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
    string(REPLACE "/" "-" name "${folder}")
    cmake_path(GET folder PARENT_PATH parent)
    set(root "${CMAKE_BINARY_DIR}/include/${name}")
    file(MAKE_DIRECTORY "${root}/${parent}")
    file(CREATE_LINK "${CMAKE_SOURCE_DIR}/${folder}" "${root}/${folder}" SYMBOLIC)
    add_library(${name} STATIC ${A_SOURCES})
    target_include_directories(${name} PUBLIC "${root}")
    # moc only where there is something for it: most of core has no QObject.
    file(GLOB_RECURSE headers "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
    set(objects "")
    foreach(header IN LISTS headers)
        file(STRINGS "${header}" found REGEX "Q_OBJECT" LIMIT_COUNT 1)
        list(APPEND objects ${found})
    endforeach()
    if(NOT objects)
        set_target_properties(${name} PROPERTIES AUTOMOC OFF)
    endif()
    target_link_libraries(${name} PUBLIC Qt6::Core ${A_LINK} PRIVATE amana-flags ${A_PRIVATE_LINK})
endfunction()

# amana_test(NAME name LABEL unit SOURCES … LINK …): one Qt Test program, run by CTest offscreen.
function(amana_test)
    cmake_parse_arguments(A "" "NAME;LABEL;TIMEOUT" "SOURCES;LINK" ${ARGN})
    add_executable(${A_NAME} ${A_SOURCES})
    set_target_properties(${A_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_link_libraries(${A_NAME} PRIVATE Qt6::Test amana-flags ${A_LINK})
    target_include_directories(${A_NAME} PRIVATE "${CMAKE_SOURCE_DIR}/tests/support")
    target_compile_definitions(${A_NAME} PRIVATE
        AMANA_SOURCE_DIR="${CMAKE_SOURCE_DIR}" AMANA_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
    add_test(NAME ${A_NAME} COMMAND ${A_NAME})
    if(NOT TARGET tests-${A_LABEL})
        add_custom_target(tests-${A_LABEL}) # all programs of one label
    endif()
    add_dependencies(tests-${A_LABEL} ${A_NAME})
    if(NOT A_TIMEOUT)
        set(A_TIMEOUT 120)
    endif()
    set_tests_properties(${A_NAME} PROPERTIES LABELS "${A_LABEL}" TIMEOUT ${A_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
endfunction()

# Adds every sub-folder that has a CMakeLists.txt, in the order given, so that a folder is one place to look.
function(amana_add_folders)
    foreach(folder IN LISTS ARGN)
        if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt")
            add_subdirectory(${folder})
        endif()
    endforeach()
endfunction()
