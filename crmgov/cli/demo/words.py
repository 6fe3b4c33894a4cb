"""Words that invented people and companies are made of. None of them is anybody in particular."""

_FIRST_NAMES = (
    "Aino Anders Astrid Beatriz Bram Camille Carlos Chiara Clara Daan Diego Eero Elena Elif Emma Erik Fatima Femke "
    "Finn Freya Giulia Hanna Hugo Ines Ingrid Jan Jasper Johan Julia Kaito Karin Lars Laura Leila Liam Linnea Lucas "
    "Lukas Magnus Maja Marco Maria Mateo Mei Mikkel Nadia Niamh Noah Nora Olivia Oscar Paula Pedro Petra Rafael "
    "Rahul Rosa Samuel Sara Sigrid Sofia Stefan Sunita Tariq Teresa Thomas Tove Ulla Viktor Yara Yusuf Zoe"
)

_LAST_NAMES = (
    "Aalto Almeida Andersson Aydin Bakker Bauer Becker Berg Bergmann Bianchi Blom Brandt Byrne Carlsen Castro Chen "
    "Costa Dahl Dijkstra Dubois Eriksen Fabre Ferrari Fischer Fontaine Garcia Gruber Haas Hansen Hoffmann Holm Huber "
    "Iversen Jansen Jensen Johansson Kaur Keller Khan Kowalska Kruse Kumar Lambert Larsen Laurent Lindberg Lopez "
    "Lund Maier Martens Meier Mendes Moreau Moretti Murphy Nakamura Nielsen Nilsen Novak Olsen Ortega Patel Pereira "
    "Petersen Quinn Ribeiro Rossi Sato Schmid Schulz Silva Singh Smit Solheim Steiner Suzuki Svensson Tanaka Thorsen "
    "Torres Vargas Virtanen Visser Vogt Wagner Weber Wiik Winkler Wood Zimmermann"
)

_PLACES = (
    "Alder Amber Aspen Birch Brook Cedar Clear Cliff Copper Coral Crane Dale Delta Drift Dune Elm Ember Fern Fjell "
    "Glen Granite Grove Harbour Hazel Heron High Iron Island Juniper Kestrel Lake Larch Linden Loch Maple Marsh "
    "Meadow Mill Moor North Oak Otter Pine Pebble Quarry Raven Reed Ridge River Rowan Sand Silver Slate Spring Stone "
    "Summit Swan Thistle Tide Valley Vista Wave West Willow Winter Yew"
)

FIRST_NAMES, LAST_NAMES, PLACES = (tuple(words.split()) for words in (_FIRST_NAMES, _LAST_NAMES, _PLACES))

TRADES = {
    "Agriculture": ("Farms", "Growers", "Agri"),
    "Aquaculture": ("Seafood", "Salmon", "Fisheries"),
    "Chemicals": ("Chemicals", "Coatings", "Polymers"),
    "Construction": ("Building", "Infrastructure", "Tunnels"),
    "Energy": ("Energy", "Power", "District Heating"),
    "Food and Beverage": ("Foods", "Brewery", "Dairy"),
    "Hospitality": ("Hotels", "Spas", "Resorts"),
    "Municipal Water": ("Water", "Water Works", "Utilities"),
    "Pharmaceuticals": ("Pharma", "Biologics", "Labs"),
    "Pulp and Paper": ("Paper", "Pulp", "Packaging"),
    "Research and Education": ("Institute", "University", "Research Centre"),
    "Other": ("Group", "Holding", "Services"),
}
"""Industries of the picklist, with the words by which companies of them are called."""

COUNTRIES = {
    "Norway": ("AS", "+47", "Nordics", 59.9, 10.7), "Sweden": ("AB", "+46", "Nordics", 59.3, 18.1),
    "Denmark": ("A/S", "+45", "Nordics", 55.7, 12.6), "Finland": ("Oy", "+358", "Nordics", 60.2, 24.9),
    "Iceland": ("ehf", "+354", "Nordics", 64.1, -21.9), "Germany": ("GmbH", "+49", "DACH", 52.5, 13.4),
    "Austria": ("GmbH", "+43", "DACH", 48.2, 16.4), "Switzerland": ("AG", "+41", "DACH", 47.4, 8.5),
    "United Kingdom": ("Ltd", "+44", "UK and Ireland", 51.5, -0.1),
    "Ireland": ("Ltd", "+353", "UK and Ireland", 53.3, -6.3), "Netherlands": ("BV", "+31", "Benelux", 52.4, 4.9),
    "Belgium": ("NV", "+32", "Benelux", 50.8, 4.4), "Luxembourg": ("SA", "+352", "Benelux", 49.6, 6.1),
    "France": ("SAS", "+33", "Southern Europe", 48.9, 2.4), "Spain": ("SL", "+34", "Southern Europe", 40.4, -3.7),
    "Italy": ("SpA", "+39", "Southern Europe", 41.9, 12.5), "Portugal": ("Lda", "+351", "Southern Europe", 38.7, -9.1),
    "United States": ("Inc", "+1", "Americas", 40.7, -74.0), "Canada": ("Inc", "+1", "Americas", 43.7, -79.4),
    "Mexico": ("SA", "+52", "Americas", 19.4, -99.1), "Brazil": ("Ltda", "+55", "Americas", -23.5, -46.6),
    "Australia": ("Pty", "+61", "Asia Pacific", -33.9, 151.2), "Japan": ("KK", "+81", "Asia Pacific", 35.7, 139.7),
    "Singapore": ("Pte", "+65", "Asia Pacific", 1.3, 103.8), "India": ("Ltd", "+91", "Asia Pacific", 28.6, 77.2),
}  # fmt: skip
"""Countries of the picklist: how companies end, telephone code, region, and where about it lies."""

TITLES = (
    "Head of Operations", "Plant Manager", "Water Quality Engineer", "Environmental Manager", "Process Engineer",
    "Laboratory Manager", "IT Manager", "Procurement Manager", "Sustainability Lead", "Chief Operating Officer",
    "Maintenance Planner", "Compliance Officer", "Project Engineer", "Finance Director",
)  # fmt: skip

PRODUCTS = (
    ("TW-S100", "Turbidity sensor", "Sensors", 640), ("TW-S110", "Turbidity sensor, sea water", "Sensors", 820),
    ("TW-S200", "pH sensor", "Sensors", 480), ("TW-S210", "pH sensor, food grade", "Sensors", 610),
    ("TW-S300", "Dissolved oxygen sensor", "Sensors", 930), ("TW-S310", "Conductivity sensor", "Sensors", 390),
    ("TW-S400", "Chlorine sensor", "Sensors", 710), ("TW-S900", "Sensor gateway", "Sensors", 1150),
    ("TW-M010", "Monitoring Start", "Monitoring", 1200), ("TW-M020", "Monitoring Plant", "Monitoring", 4800),
    ("TW-M030", "Monitoring Network", "Monitoring", 14400), ("TW-M040", "Alarm line", "Monitoring", 900),
    ("TW-R010", "Drinking water report", "Compliance Reports", 1500),
    ("TW-R020", "Discharge report", "Compliance Reports", 1900),
    ("TW-R030", "Aquaculture report", "Compliance Reports", 1700),
    ("TW-V010", "Installation day", "Services", 1350), ("TW-V020", "Calibration visit", "Services", 890),
    ("TW-V030", "Training day", "Services", 1100),
)  # fmt: skip
"""Code, name, family and list price in euro."""

CASES = {
    "Sensor": ("No data", "Wrong reading", "Battery"),
    "Platform": ("Sign-in", "Slow", "Report missing"),
    "Billing": ("Invoice unclear", "Payment failed"),
    "Onboarding": ("Installation", "Training"),
}
"""Reasons of cases with their topics."""

PHONE_DIGITS = {"Norway": 8, "Denmark": 8, "Singapore": 8, "United States": 10, "Canada": 10, "Mexico": 10}
"""Digits of a telephone number after the country code; nine elsewhere."""

POSTAL_CODES = {
    **dict.fromkeys(("Norway", "Denmark", "Austria", "Switzerland", "Belgium", "Luxembourg", "Australia"), "####"),
    **dict.fromkeys(("Germany", "Finland", "France", "Spain", "Italy", "Mexico", "United States"), "#####"),
    **dict.fromkeys(("Singapore", "India"), "######"), "Iceland": "###", "Sweden": "### ##", "Netherlands": "#### ZZ",
    "Portugal": "####-###", "Japan": "###-####", "Brazil": "#####-###", "Canada": "A#A #A#",
    "United Kingdom": "ZZ# #ZZ", "Ireland": "Z## Z###",
}  # fmt: skip
"""Form of a country's postal codes, with ``#`` for each digit."""
