<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>amana::ui::Jobs</name>
    <message numerus="yes">
        <source>%n s left</source>
        <comment>seconds</comment>
        <translation>
            <numerusform>%n s left</numerusform>
            <numerusform>%n s left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <comment>minutes</comment>
        <translation>
            <numerusform>%n min left</numerusform>
            <numerusform>%n min left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>amana::ui::LibraryPane</name>
    <message numerus="yes">
        <source>De-identify %n record(s)</source>
        <translation>
            <numerusform>De-identify %n record</numerusform>
            <numerusform>De-identify %n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>amana::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n job(s) still run. They are paused and go on when you open Amana again.</source>
        <translation>
            <numerusform>%n job still runs. It is paused and goes on when you open Amana again.</numerusform>
            <numerusform>%n jobs still run. They are paused and go on when you open Amana again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>amana::ui::PublishPane</name>
    <message numerus="yes">
        <source>Seal and publish %n record(s)</source>
        <translation>
            <numerusform>Seal and publish %n record</numerusform>
            <numerusform>Seal and publish %n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>amana::ui::RequestDetailView</name>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) before this one</source>
        <translation>
            <numerusform>%n request before this one</numerusform>
            <numerusform>%n requests before this one</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>amana::ui::ReviewPane</name>
    <message numerus="yes">
        <source>%n mark(s) decided, also in other documents.</source>
        <translation>
            <numerusform>%n mark decided, also in other documents.</numerusform>
            <numerusform>%n marks decided, also in other documents.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>amana::ui::SideBar</name>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <translation>
            <numerusform>%1, %n waiting</numerusform>
            <numerusform>%1, %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>amana::ui::SpanInspector</name>
    <message numerus="yes">
        <source>%n place(s) in this dataset</source>
        <translation>
            <numerusform>%n place in this dataset</numerusform>
            <numerusform>%n places in this dataset</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>amana::ui::StatusStrip</name>
    <message numerus="yes">
        <source>%n job(s) running</source>
        <translation>
            <numerusform>%n job running</numerusform>
            <numerusform>%n jobs running</numerusform>
        </translation>
    </message>
</context>
</TS>
