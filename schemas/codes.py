"""Closed vocabularies: each code with what it means."""

ENTITY_KIND = {
    "region": "a territory, from a country down to NUTS level 3, or a territory without a code",
    "organisation": "a body that can act",
    "partnership": "a named collaboration that actors are in",
    "programme": "a policy or funding frame",
    "event": "a meeting of people at a time",
}
PARTICIPANT_KIND = {
    "region": "a territory takes part as such",
    "organisation": "a body takes part",
    "partnership": "a partnership takes part as one",
}
ORIGIN = {
    "stated": "a source says it; evidence rows show where",
    "reference": "looked up in the committed gazetteer or register",
    "derived": "computed by a rule",
}
DOCUMENT_STATUS = {
    "read": "read and used",
    "quarantined": "set aside; `problem` says why",
}
ORGANISATION_KIND = {
    "public_authority": "a ministry, regional or local authority, or its agency",
    "eu_institution": "an institution, directorate-general, agency or body of the European Union",
    "international_organisation": "an organisation of states other than the European Union",
    "university": "a university or other school of higher education",
    "research_organisation": "a research institute or technology centre",
    "cluster": "a cluster organisation",
    "company": "a firm",
    "association": "an association, chamber or federation",
    "network": "a network that is also a body",
    "other": "another kind that the source states",
}
PARTNERSHIP_KIND = {
    "thematic_platform": "a platform that thematic partnerships belong to",
    "thematic_partnership": "interregional collaboration on one smart specialisation theme",
    "network": "a standing network",
    "community": "a community of practice",
    "pilot": "a pilot action",
    "pact": "a pact that actors sign",
    "working_group": "a working or expert group",
    "consortium": "partners bound by one contract",
    "project": "a project with an end",
}
PLATFORM = {
    "agri_food": "Agri-Food",
    "energy": "Energy",
    "industrial_modernisation": "Industrial Modernisation",
    "blue_economy": "Sustainable Blue Economy",
}
PROGRAMME_KIND = {
    "funding": "pays for partnerships, events or programmes",
    "policy": "sets aims; does not itself pay",
}
EVENT_KIND = {
    "conference": "a conference, summit or forum",
    "workshop": "a workshop or seminar",
    "meeting": "a meeting of a group",
    "peer_learning": "peer learning, peer review or a study visit",
    "launch": "an opening or launch",
    "training": "a training or school",
    "fair": "a fair, exhibition or brokerage event",
    "other": "another kind that the source states",
}
MODE = {
    "onsite": "at a place",
    "online": "over the network only",
    "hybrid": "at a place and over the network",
}
NAME_KIND = {
    "preferred": "the name shown first in that language",
    "alias": "another name in use",
    "acronym": "a short form made of letters",
    "as_written": "the form that a document uses, inflected or abbreviated",
}
REDIRECT_REASON = {
    "merged": "two identifiers turned out to be one thing",
    "renamed": "the natural key changed",
    "corrected": "a person overruled",
}
MEMBERSHIP_ROLE = {
    "lead": "leads, coordinates or chairs, alone or with others",
    "initiator": "launched, founded or set up",
    "member": "is a member or partner, takes part",
    "contributor": "supports or works with, without being in it",
}
MEMBERSHIP_STATUS = {
    "current": "the source says it holds",
    "former": "the source says it is over",
    "planned": "the source says it is to come",
    "invited": "asked, not yet in",
}
ATTENDANCE_ROLE = {
    "organiser": "organises",
    "host": "receives the event at its place",
    "speaker": "speaks or presents",
    "participant": "takes part",
}
ATTENDANCE_STATUS = {
    "attended": "was there",
    "planned": "is to be there",
    "invited": "was asked",
}
RELATION = {
    "part_of": "the subject belongs to the object",
    "funded_by": "the object pays for the subject",
    "succeeds": "the subject follows the object",
    "supports": "the subject helps the object along",
}
AGENDA_KIND = {
    "objective": "what it sets out to do",
    "service": "what it offers",
    "conclusion": "what it concluded",
}
QUALIFIER = {
    "exact": "the number itself",
    "at_least": "this number or more, also `more than`",
    "at_most": "this number or fewer",
    "approximate": "about this number",
}
ZONE = {
    "title": "the document's title",
    "body": "running text",
    "list": "an item of a list",
    "navigation": "menus, links and teasers around the text",
    "contact": "a contact block",
    "register": "a row of a register or of the gazetteer",
}
