from dialog_samples import SCHEME

from annotator.ui.guide_panel import HEADINGS, GuidePanel, definitions
from annotator.ui.theme import choose_fonts


def test_topics_acts_labels_and_areas_are_defined():
    topic = SCHEME.topics["conflict.ceasefire"]
    said = definitions(SCHEME, (topic.id, "request", "GPE"))
    assert f"### {topic.name}" in said
    assert topic.definition in said
    assert topic.cues[0] in said
    assert next(a.name for a in SCHEME.acts if a.id == "request") in said
    assert next(x.note for x in SCHEME.labels if x.id == "GPE") in said
    area = SCHEME.area_of(topic.id)
    assert all(t.name in definitions(SCHEME, (area.id,)) for t in area.topics)
    assert definitions(SCHEME, ("gone.topic", "none")) == ""


def test_every_role_has_its_heading(qtbot):
    panel = GuidePanel(choose_fonts(), None)
    qtbot.addWidget(panel)
    panel.resize(300, 500)
    panel.show()
    for role, heading in HEADINGS.items():
        panel.show_about(role, SCHEME)
        top = panel.page.cursorForPosition(panel.page.viewport().rect().topLeft()).block()
        assert top.text() == heading or panel.page.verticalScrollBar().value() == (
            panel.page.verticalScrollBar().maximum()
        )
        assert heading in panel.page.accessibleName()
