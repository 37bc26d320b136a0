# SPDX-License-Identifier: GPL-3.0-or-later
"""What other programs read in a PDF, and a page of one as it comes back from a scanner."""

import math
import re
import subprocess
import zlib


def run(*argv):
    return subprocess.run(list(map(str, argv)), capture_output=True, text=True, timeout=120, check=False)


def text_of(path):
    """In the order in which it is read, with one space wherever there is any."""
    return " ".join(run("pdftotext", path, "-").stdout.split())


def print_sizes(path):
    """In points."""
    page = run("pdftohtml", "-xml", "-stdout", "-i", "-zoom", "1", path).stdout
    return {int(size) for size in re.findall(r'<fontspec id="\d+" size="(\d+)"', page)}


def find_word(path, word):
    """Page, left, top, right and bottom of its last one, in points."""
    found = None
    page = 0
    for line in run("pdftotext", "-bbox", path, "-").stdout.splitlines():
        page += "<page " in line
        box = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>', line)
        if box and word in box[5]:
            found = (page, *map(float, box.groups()[:4]))
    return found


def read_gray(path):
    """Width, height and bytes of a picture as pdftoppm writes it."""
    picture = path.read_bytes()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture)
    return int(head[1]), int(head[2]), bytearray(picture[head.end():])


def write_scan(path, pages):
    """A PDF as a scanner writes it: pictures, and no words. @pages: of read_gray(), A4"""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>",
               b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % (3 + 3 * n)
                                                                            for n in range(len(pages))))]
    for n, (width, height, pixels) in enumerate(pages):
        place, draw = 3 + 3 * n, b"595 0 0 842 0 0 cm /Im Do"
        data = zlib.compress(bytes(pixels), 6)
        objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
                    b"/Resources<</XObject<</Im %d 0 R>>>>>>" % (place + 1, place + 2),
                    b"<</Length %d>>stream\n%s\nendstream" % (len(draw), draw),
                    b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
                    b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (width, height, len(data), data)]
    whole, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = len(whole)
    whole += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    whole += b"".join(b"%010d 00000 n \n" % place for place in places)
    whole += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    path.write_bytes(whole)


def sign(picture, dpi, left, middle):
    """Writes a name from @left on, in points."""
    width, height, pixels = picture
    for step in range(1200):
        x = int(left * dpi / 72 + step / 5)
        y = int(middle * dpi / 72 + 14 * math.sin(step / 37) * math.cos(step / 211))
        for pen in (-1, 0, 1):
            if 0 <= x < width and 0 <= y + pen < height:
                pixels[(y + pen) * width + x] = 20


def scan_signed(form, word, path, dpi=150):
    """All pages of @form with a name written behind @word, where that stands last, as a scanner gives them back."""
    signed, _left, top, right, bottom = find_word(form, word)
    pictures = []
    for page in range(1, int(re.search(r"Pages: +(\d+)", run("pdfinfo", form).stdout)[1]) + 1):
        gray = path.with_suffix(".pgm")
        run("pdftoppm", "-r", dpi, "-gray", "-f", page, "-l", page, "-singlefile", form, path.with_suffix(""))
        pictures.append(read_gray(gray))
        gray.unlink()
    sign(pictures[signed - 1], dpi, right + 12, (top + bottom) / 2)
    write_scan(path, pictures)
