"""The authorities that the review of a case names by id, as they are cited.

A finding reads no library: a test sees to it that every entry is in `resources/authorities` and
that the words are the same.
"""

CITED: dict[str, str] = {
    "C01": "Galarza v. Szalczyk, 745 F.3d 634 (3d Cir. 2014)",
    "C02": "Morales v. Chadbourne, 793 F.3d 208 (1st Cir. 2015)",
    "C03": "Alcocer v. Mills, 906 F.3d 944 (11th Cir. 2018)",
    "C04": "Alcocer v. Mills, No. 19-12360 (11th Cir. Feb. 20, 2020) (per curiam) (unpublished)",
    "C07": "Gonzalez v. U.S. Immigr. & Customs Enf’t, No. 2:13-cv-04416 (C.D. Cal.) "
    "(settlement approved Dec. 2024)",
    "C20": "Miranda-Olivares v. Clackamas County, No. 3:12-cv-02317-ST, 2014 WL 1414305 "
    "(D. Or. Apr. 11, 2014)",
    "C21": "Jimenez Moreno v. Napolitano, 213 F. Supp. 3d 999 (N.D. Ill. 2016)",
    "F10": "Laken Riley Act, Pub. L. No. 119-1 (2025), codified at 8 U.S.C. § 1226(c)(1)(E), "
    "(c)(2)–(3)",
    "F14": "8 C.F.R. § 236.6; 68 Fed. Reg. 4364 (Jan. 29, 2003)",
    "L02": "Fla. Stat. § 908.102(2)",
    "L11": "La. Stat. Ann. §§ 33:81, 33:84(A)",
    "L12": "Iowa Code §§ 27A.1(1), 27A.2",
    "L15": "W. Va. Code §§ 15-16-1(3), 15-16-3",
    "P01": "ICE Policy No. 10074.2",
}
"""How the authorities that flags name are cited. Which of them a letter may print, and whether
their check is too old, is for the library and the gate of letters to say."""

STATE_OF = {"L02": "FL", "L11": "LA", "L12": "IA", "L15": "WV"}
"""The state whose law an authority is; the others are not the law of one state."""
