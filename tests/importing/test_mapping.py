"""A mapping file that is wrong says where and why before a row is read."""

import pytest

from chalicelib.domain.errors import Fault
from chalicelib.locales import LANGUAGES, catalogue
from desk.importing.mapping_reader import MappingError
from desk.importing.report import fault_words
from importing.office import A_ROW, OFFICE_MAP, mapping, nyc_map


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(MappingError) as caught:
        mapping(text)
    return caught.value.faults


def test_a_sound_mapping_names_every_column_it_needs():
    """The columns are those of key, dates, fields and tables, each once."""
    assert set(mapping().columns) == set(A_ROW)
    assert len(nyc_map().fields["cause"].values) == 42


@pytest.mark.parametrize(
    ("before", "after", "key", "code"),
    [
        ('name = "前台登记表"', 'name = " "', "source.name", "map_blank"),
        ('key = "编号"', 'keys = "编号"', "source", "map_unreadable"),
        ('name = "前台登记表"', "name = 7", "source.name", "map_unreadable"),
        ('zone = "Asia/Shanghai"', 'zone = "Asia/Peking"', "source.zone", "map_zone"),
        ('zone = "Asia/Shanghai"', 'zone = "../etc"', "source.zone", "map_zone"),
        ("[source]", '[source]\nencoding = "gbx"', "source.encoding", "map_encoding"),
        ("[source]", '[source]\nencoding = "base64"', "source.encoding", "map_encoding"),
        ("[source]", '[source]\ndelimiter = ";;"', "source.delimiter", "map_delimiter"),
        ('"%Y/%m/%d %H:%M", ', '"%H:%M", ', "source.date_formats", "map_date_format"),
        ('"%Y/%m/%d %H:%M", "%Y/%m/%d"', "", "source.date_formats", "map_blank"),
        ("\nlanguage = ", "\nlangauge = ", "fields.langauge", "map_unknown_field"),
        ("\nlanguage = ", "\nlangauge = ", "fields.language", "map_field_missing"),
        ('community = "maple-court"', "", "fields.community", "map_field_missing"),
        ('"maple-court"', '"maple"', "fields.community", "map_unknown_value"),
        ('{ value = "zh" }', '{ value = "fr" }', "fields.language", "map_unknown_value"),
        ('{ value = "zh" }', '{ value = "zh", column = "x" }', "fields.language", "map_one_kind"),
        ('{ value = "zh" }', '{ blank = "zh" }', "fields.language", "map_one_kind"),
        ('{ value = "zh" }', "{ value = 1 }", "fields.language.value", "map_unreadable"),
        ('{ value = "zh" }', '{ valeu = "zh" }', "fields.language", "map_unreadable"),
        ('column = "地点"', 'column = "地点", otherwise = "x"', "fields.place.otherwise", None),
        ('"about", "cause"]', '"about"]', "fields.cause", "map_field_missing"),
        ('"cause"]', '"place"]', "fields.place", "map_twice"),
        ('["cleaning", "cleaning", "service"]', '["cleaning"]', "table 1, 保洁", "map_table_row"),
        ('["other", "unsure", "unsure"]', '["o", "unsure", "unsure"]', "fields.category", None),
        ("[table.values]", 'otherwise = ["other"]\n[table.values]', "table 1, otherwise", None),
        ('gives = ["category"', "gives = [1", "table[0].gives[0]", "map_unreadable"),
    ],
)
def test_a_fault_is_told_with_its_key(before, after, key, code):
    """Each fault of a mapping names the key to mend, and has a sentence in both languages."""
    assert before in OFFICE_MAP
    found = {fault.field: fault for fault in faults(OFFICE_MAP.replace(before, after, 1))}
    assert key in found
    assert code in (None, found[key].code)
    assert all(fault_words(found[key], "import", language, key) for language in LANGUAGES)


def test_several_faults_are_told_at_once():
    """A wrong zone and a wrong department are mended in one go."""
    text = OFFICE_MAP.replace("Asia/Shanghai", "Nowhere").replace('"engineering"', '"plumbers"')
    assert [fault.field for fault in faults(text)] == ["source.zone", "fields.about"]


def test_toml_that_cannot_be_parsed_is_told_with_its_line():
    """The parser's own words name the line."""
    [fault] = faults(OFFICE_MAP.replace('key = "编号"', "key = 编号"))
    assert "line 4" in str(fault.params["reason"])


def test_every_community_may_come_from_a_column():
    """A spreadsheet of several communities maps a column to them instead."""
    text = OFFICE_MAP.replace('community = "maple-court"', "").replace(
        "[fields]", '[fields]\ncommunity = { column = "楼栋", values = { "翠湖" = "jade-lake" } }'
    )
    assert mapping(text).fields["community"].values == {"翠湖": "jade-lake"}


def test_the_words_of_an_import_are_the_same_in_both_languages():
    """Each sentence of an import stands in Chinese and in English."""
    chinese, english = (catalogue(language) for language in ("zh", "en"))
    assert chinese["import"].keys() == english["import"].keys()
    assert chinese["field"].keys() == english["field"].keys()
