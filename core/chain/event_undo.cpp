// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/event_undo.h"

#include "core/chain/event_tables.h"

#include <vector>

namespace amana::chain {

namespace {

struct TableShape {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::string> keys; ///< the primary key, else rowid
};

Result<TableShape> shapeOf(Database &db, const std::string &name)
{
    TableShape shape{name, {}, {}};
    AMANA_TRY(QSqlQuery rows, db.run(("SELECT name, pk FROM pragma_table_info('" + name + "')").c_str()));
    while (rows.next()) {
        shape.columns.push_back(rows.value(0).toString().toStdString());
        if (rows.value(1).toInt() > 0)
            shape.keys.push_back(shape.columns.back());
    }
    if (shape.keys.empty())
        shape.keys = {"rowid"};
    return shape;
}

/// SQL for `a = <value of row.a>, …` as text.
std::string pairs(const std::vector<std::string> &columns, const std::string &row, const std::string &between)
{
    std::string sql;
    for (const std::string &column : columns)
        sql += (sql.empty() ? "'" : " || '" + between) + column + " = ' || quote(" + row + "." + column + ")";
    return sql;
}

std::string trigger(const TableShape &table, const char *change, const std::string &opposite)
{
    return "CREATE TEMP TRIGGER undo_" + table.name + "_" + change + " AFTER " + change + " ON " + table.name
           + " WHEN EXISTS (SELECT 1 FROM undoing) BEGIN INSERT INTO undo (block, sql) SELECT block, " + opposite
           + " FROM undoing; END";
}

std::string insertOf(const TableShape &table)
{
    std::string names;
    std::string values;
    for (const std::string &column : table.columns) {
        names += (names.empty() ? "" : ", ") + column;
        values += (values.empty() ? "" : " || ', ' || ") + ("quote(old." + column + ")");
    }
    return "'INSERT INTO " + table.name + " (" + names + ") VALUES (' || " + values + " || ')'";
}

} // namespace

Status makeUndoTables(Database &database, std::uint64_t after)
{
    for (const char *sql :
         {"DROP TABLE IF EXISTS undo", "DROP TABLE IF EXISTS undoable",
          "CREATE TABLE undo (place INTEGER PRIMARY KEY, block INTEGER NOT NULL, sql TEXT NOT NULL)",
          "CREATE INDEX undo_block ON undo (block)", "CREATE TABLE undoable (after INTEGER NOT NULL)"})
        AMANA_CHECK(database.run(sql));
    AMANA_CHECK(database.run("INSERT INTO undoable VALUES (?)", {sqlNumber(after)}));
    return {};
}

/// Triggers of this connection alone: reading final blocks costs nothing more.
Status UndoLog::watch()
{
    AMANA_CHECK(m_db.run("CREATE TEMP TABLE IF NOT EXISTS undoing (block INTEGER NOT NULL)"));
    for (const std::string &name : indexTableNames()) {
        AMANA_TRY(const TableShape table, shapeOf(m_db, name));
        const std::string there = " WHERE ' || " + pairs(table.keys, "new", " AND ");
        for (const char *change : {"INSERT", "UPDATE", "DELETE"})
            AMANA_CHECK(m_db.run(("DROP TRIGGER IF EXISTS temp.undo_" + name + "_" + change).c_str()));
        AMANA_CHECK(m_db.run(trigger(table, "INSERT", "'DELETE FROM " + name + there).c_str()));
        AMANA_CHECK(m_db.run(trigger(table, "UPDATE", "'UPDATE " + name + " SET ' || "
                                                          + pairs(table.columns, "old", ", ") + " || '" + there)
                                 .c_str()));
        AMANA_CHECK(m_db.run(trigger(table, "DELETE", insertOf(table)).c_str()));
    }
    m_watching = true;
    return {};
}

Status UndoLog::record(std::uint64_t block)
{
    if (!m_watching)
        AMANA_CHECK(watch());
    AMANA_CHECK(m_db.write("DELETE FROM undoing", {}));
    AMANA_CHECK(m_db.write("INSERT INTO undoing VALUES (?)", {sqlNumber(block)}));
    return {};
}

Status UndoLog::pause()
{
    if (m_watching)
        AMANA_CHECK(m_db.write("DELETE FROM undoing", {}));
    return {};
}

Result<bool> undoAfter(Database &db, std::uint64_t common)
{
    AMANA_TRY(QSqlQuery kept, db.run("SELECT after FROM undoable"));
    if (!kept.next() || kept.value(0).toULongLong() > common)
        return false;
    kept.finish();
    AMANA_TRY(QSqlQuery rows, db.run("SELECT sql FROM undo WHERE block > ? ORDER BY place DESC", {sqlNumber(common)}));
    std::vector<QByteArray> opposites; // read before the tables change
    while (rows.next())
        opposites.push_back(rows.value(0).toString().toUtf8());
    rows.finish();
    for (const QByteArray &sql : opposites)
        AMANA_CHECK(db.run(sql.constData()));
    AMANA_CHECK(db.run("DELETE FROM undo WHERE block > ?", {sqlNumber(common)}));
    return true;
}

Status forgetUndoUpTo(Database &db, std::uint64_t block)
{
    AMANA_CHECK(db.write("UPDATE undoable SET after = MAX(after, ?)", {sqlNumber(block)}));
    AMANA_CHECK(db.write("DELETE FROM undo WHERE block <= ?", {sqlNumber(block)}));
    return {};
}

} // namespace amana::chain
