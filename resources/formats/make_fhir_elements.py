#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes fhir-r4-elements.json: every element of FHIR R4 (4.0.1) with its datatype, from HL7's own
StructureDefinitions (profiles-types.json and profiles-resources.json of the specification, CC0).

    make_fhir_elements.py FOLDER > fhir-r4-elements.json

Elements that every datatype or resource has stand once, under "*Element" and "*Resource". A choice such as
value[x] is written out as valueQuantity, valueString, …. "Reference(Patient|Group)" names the possible targets.
"""
import json
import sys

INHERITED = {
    "*Element": {"id": "id", "extension": "Extension", "modifierExtension": "Extension"},
    "*Resource": {"id": "id", "meta": "Meta", "implicitRules": "uri", "language": "code", "text": "Narrative",
                  "contained": "Resource", "extension": "Extension", "modifierExtension": "Extension",
                  "resourceType": "code"},
}

# A redistribution of the definitions may add members of its own to Meta: only the standard's are taken.
META = ("versionId", "lastUpdated", "source", "profile", "security", "tag")


def type_name(entry):
    code = entry["code"].removeprefix("http://hl7.org/fhirpath/System.").replace("String", "string") \
        if entry["code"].startswith("http://") else entry["code"]
    targets = [t.rsplit("/", 1)[1] for t in entry.get("targetProfile", [])]
    if code == "Reference" and targets:
        return "Reference(" + "|".join(targets) + ")"
    return code


def add(table, element):
    path = element["path"]
    if "." not in path:
        return
    owner, name = path.rsplit(".", 1)
    if name in INHERITED["*Element"] or (owner.count(".") == 0 and owner[0].isupper()
                                         and owner in table["resources"] and name in INHERITED["*Resource"]):
        return
    if owner == "Meta" and name not in META:
        return
    members = table["types"].setdefault(owner, {})
    if "contentReference" in element:
        members[name] = element["contentReference"].split("#")[1]
        return
    for entry in element["type"]:
        code = type_name(entry)
        if name.endswith("[x]"):
            plain = code.split("(")[0]
            members[name[:-3] + plain[0].upper() + plain[1:]] = code
        else:
            members[name] = path if code in ("BackboneElement", "Element") else code


def main(folder):
    table = {"standard": "HL7 FHIR R4 (4.0.1)", "licence": "CC0-1.0", "resources": [], "types": dict(INHERITED)}
    loaded = []
    for name in ("profiles-types.json", "profiles-resources.json"):
        with open(f"{folder}/{name}", encoding="utf-8") as file:
            for entry in json.load(file)["entry"]:
                item = entry["resource"]
                if item["resourceType"] == "StructureDefinition" and item["url"].startswith("http://hl7.org/fhir/") \
                        and item["kind"] in ("complex-type", "resource") and item.get("derivation") != "constraint" \
                        and not item.get("abstract"):
                    loaded.append(item)
    table["resources"] = sorted(i["name"] for i in loaded if i["kind"] == "resource")
    for item in loaded:
        table["types"].setdefault(item["name"], {})
        for element in item["snapshot"]["element"]:
            add(table, element)
    for item in loaded:  # Age, Count, Distance, Duration: constraints on Quantity in all but name
        if item["name"] in ("Age", "Count", "Distance", "Duration", "SimpleQuantity", "MoneyQuantity"):
            table["types"][item["name"]] = dict(table["types"]["Quantity"])
    lines = ["{"]
    for key in ("standard", "licence", "resources"):
        lines.append(f'"{key}": {json.dumps(table[key])},')
    lines.append('"types": {')
    rows = [f'{json.dumps(k)}: {json.dumps(v, separators=(",", ":"))}' for k, v in sorted(table["types"].items())]
    lines.append(",\n".join(rows))
    lines.append("}\n}")
    print("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1])
