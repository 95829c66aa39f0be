"""Rows of a CSV file taken out and put in, while every other byte stays."""

import pytest

from analysis.intake.rows import rows_of, with_rows, without_rows

TABLE = 'name,note\nAnn,"says ""no"",\nthen yes"\nBo,\nCy,plain\n'


@pytest.mark.parametrize("content", [TABLE, TABLE[:-1]], ids=["ended", "without its last line end"])
def test_no_row_is_lost_where_the_last_line_has_no_end(content):
    assert without_rows(content, lambda row: row["name"] == "Bo") == TABLE.replace("Bo,\n", "")
    assert without_rows(content, lambda row: row["name"] == "Cy") == TABLE.replace("Cy,plain\n", "")
    assert with_rows(content, [{"name": "Di", "note": "new"}]) == TABLE + "Di,new\n"
    assert with_rows(content, [{"name": "Cy", "note": "x"}], lambda row: row["name"] == "Cy") == TABLE.replace("plain", "x")


def test_rows_come_in_place_of_those_that_go_and_the_same_ones_change_nothing():
    own = rows_of(TABLE)[:2]
    assert with_rows(TABLE, own[::-1], lambda row: row["name"] in ("Ann", "Bo")) == TABLE
    assert with_rows(TABLE, [{"name": "Bo", "note": "b"}], lambda row: row["name"] == "Bo") == TABLE.replace("Bo,", "Bo,b")
    apart = with_rows(TABLE, [own[0], {"name": "Di"}], lambda row: row["name"] in ("Ann", "Cy"))
    assert [row["name"] for row in rows_of(apart)] == ["Ann", "Bo", "Di"]
    assert apart.startswith(TABLE.partition("Cy")[0])


def test_of_a_header_alone_the_rows_are_those_that_come():
    assert with_rows("name,note", [{"name": "Di"}]) == "name,note\nDi,\n"
