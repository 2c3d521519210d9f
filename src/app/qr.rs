//! QR codes: a short text as a square of dark and light modules, for phones that look at a projector.
//!
//! It knows ISO/IEC 18004's byte mode at error correction level L, in versions 1 to 15: larger ones cannot
//! be read from the last row.

/// The largest version: 77 modules wide, for 520 bytes.
const VERSION_MAX: usize = 15;

/// For each version at level L: error correction bytes in a block, and blocks. ISO/IEC 18004:2015, table 9.
const BLOCKS: [(usize, usize); VERSION_MAX] = [
    (7, 1),
    (10, 1),
    (15, 1),
    (20, 1),
    (26, 1),
    (18, 2),
    (20, 2),
    (24, 2),
    (30, 2),
    (18, 4),
    (20, 4),
    (24, 4),
    (26, 4),
    (30, 4),
    (22, 6),
];

/// A code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Modules on a side.
    pub size: usize,
    dark: Vec<bool>,
    /// Belongs to the pattern by which readers find their way, not to the text.
    fixed: Vec<bool>,
}

/// The code for a text; none when the text is too long for one that can be read from afar.
pub fn encode(text: &str) -> Option<Code> {
    let bytes = text.as_bytes();
    let version = (1..=VERSION_MAX).find(|it| bytes.len() + head_bytes(*it) <= data_bytes(*it))?;
    let words = with_correction(version, &data(version, bytes));
    let plain = Code::blank(version).filled(&words);
    (0..8).map(|it| plain.masked(it)).min_by_key(Code::penalty)
}

/// Bytes that mode and length take; the four bits at the end come out of the last one.
const fn head_bytes(version: usize) -> usize {
    if version < 10 { 2 } else { 3 }
}

/// Modules that carry bits, as bytes.
const fn raw_bytes(version: usize) -> usize {
    let mut bits = (16 * version + 128) * version + 64;
    if version >= 2 {
        let marks = version / 7 + 2;
        bits -= (25 * marks - 10) * marks - 55;
        if version >= 7 {
            bits -= 36;
        }
    }
    bits / 8
}

const fn data_bytes(version: usize) -> usize {
    let (correction, blocks) = BLOCKS[version - 1];
    raw_bytes(version) - correction * blocks
}

/// Mode, length, the text, and padding.
fn data(version: usize, text: &[u8]) -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::new();
    let mut push = |value: usize, count: u32| {
        bits.extend((0..count).rev().map(|it| value >> it & 1 == 1));
    };
    push(0b0100, 4);
    push(text.len(), if version < 10 { 8 } else { 16 });
    for byte in text {
        push(usize::from(*byte), 8);
    }
    push(0, 4);
    let byte = |it: &[bool]| it.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
    let mut bytes: Vec<u8> = bits.chunks(8).map(byte).collect();
    // The last four bits are the terminator: with byte mode, everything ends on a whole byte.
    let padding = [0xEC, 0x11].into_iter().cycle();
    let missing = data_bytes(version).saturating_sub(bytes.len());
    bytes.extend(padding.take(missing));
    bytes
}

/// Blocks of data and of correction, woven into each other.
fn with_correction(version: usize, data: &[u8]) -> Vec<u8> {
    let (correction, count) = BLOCKS[version - 1];
    let divisor = divisor(correction);
    let short = data.len() / count;
    let long_from = count - data.len() % count;
    let mut rest = data;
    let blocks: Vec<(&[u8], Vec<u8>)> = (0..count)
        .map(|it| {
            let (block, left) = rest.split_at(short + usize::from(long_from <= it));
            rest = left;
            (block, remainder(block, &divisor))
        })
        .collect();
    let mut words = Vec::with_capacity(raw_bytes(version));
    for at in 0..=short {
        words.extend(blocks.iter().filter_map(|it| it.0.get(at)));
    }
    for at in 0..correction {
        words.extend(blocks.iter().map(|it| it.1[at]));
    }
    words
}

/// The product in the field of 256 elements with the polynomial 0x11D.
fn product(a: u8, b: u8) -> u8 {
    (0..8).rev().fold(0_u8, |sum, bit| {
        let doubled = sum << 1 ^ if sum >> 7 == 1 { 0x1D } else { 0 };
        doubled ^ if b >> bit & 1 == 1 { a } else { 0 }
    })
}

/// The generator polynomial of a degree, without its first coefficient, which is 1.
fn divisor(degree: usize) -> Vec<u8> {
    let mut result = vec![0; degree];
    result[degree - 1] = 1;
    let mut root = 1;
    for _ in 0..degree {
        for at in 0..degree {
            let next = result.get(at + 1).copied().unwrap_or(0);
            result[at] = product(result[at], root) ^ next;
        }
        root = product(root, 2);
    }
    result
}

fn remainder(data: &[u8], divisor: &[u8]) -> Vec<u8> {
    let mut result = vec![0; divisor.len()];
    for byte in data {
        let factor = byte ^ result[0];
        result.rotate_left(1);
        result[divisor.len() - 1] = 0;
        for (at, it) in divisor.iter().enumerate() {
            result[at] ^= product(*it, factor);
        }
    }
    result
}

impl Code {
    /// Is this module dark?
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        self.dark[y * self.size + x]
    }

    /// The dark modules as the outline of a picture in which one is 1 wide, row by row.
    pub fn outline(&self) -> String {
        let mut outline = String::new();
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let run = (x..self.size).take_while(|it| self.is_dark(*it, y)).count();
                if run > 0 {
                    let [x, y, run] = [x, y, run].map(|it| it.to_string());
                    outline.extend(["M", &x, " ", &y, "h", &run, "v1h-", &run, "z"]);
                }
                x += run.max(1);
            }
        }
        outline
    }

    fn fix(&mut self, x: usize, y: usize, dark: bool) {
        if x < self.size && y < self.size {
            self.dark[y * self.size + x] = dark;
            self.fixed[y * self.size + x] = true;
        }
    }

    /// The patterns by which readers find their way.
    fn blank(version: usize) -> Self {
        let size = version * 4 + 17;
        let mut code =
            Self { size, dark: vec![false; size * size], fixed: vec![false; size * size] };
        for it in 0..size {
            code.fix(6, it, it % 2 == 0);
            code.fix(it, 6, it % 2 == 0);
        }
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] {
            for (dx, dy) in (0..81).map(|it| (it % 9, it / 9)) {
                let ring = usize::abs_diff(dx, 4).max(usize::abs_diff(dy, 4));
                code.fix(
                    (x + dx).wrapping_sub(4),
                    (y + dy).wrapping_sub(4),
                    ring != 2 && ring != 4,
                );
            }
        }
        let marks = alignment(version);
        for (a, x) in marks.iter().enumerate() {
            for (b, y) in marks.iter().enumerate() {
                let last = marks.len() - 1;
                if (a, b) == (0, 0) || (a, b) == (0, last) || (a, b) == (last, 0) {
                    continue;
                }
                for (dx, dy) in (0..25).map(|it| (it % 5, it / 5)) {
                    let ring = usize::abs_diff(dx, 2).max(usize::abs_diff(dy, 2));
                    code.fix(x + dx - 2, y + dy - 2, ring != 1);
                }
            }
        }
        code.put_format(0);
        if version >= 7 {
            let rest = (0..12).fold(version, |it, _| (it << 1) ^ ((it >> 11) * 0x1F25));
            let bits = version << 12 | rest;
            for it in 0..18 {
                let (a, b) = (size - 11 + it % 3, it / 3);
                code.fix(a, b, bits >> it & 1 == 1);
                code.fix(b, a, bits >> it & 1 == 1);
            }
        }
        code
    }

    /// The level of correction and the mask, twice.
    fn put_format(&mut self, mask: usize) {
        let level = 0b01 << 3 | mask;
        let rest = (0..10).fold(level, |it, _| (it << 1) ^ ((it >> 9) * 0x537));
        let bits = (level << 10 | rest) ^ 0x5412;
        let bit = |it: usize| bits >> it & 1 == 1;
        let size = self.size;
        for it in 0..15 {
            let (x, y) = match it {
                0..=5 => (8, it),
                6 => (8, 7),
                7 => (8, 8),
                8 => (7, 8),
                _ => (14 - it, 8),
            };
            self.fix(x, y, bit(it));
            let (x, y) = if it < 8 { (size - 1 - it, 8) } else { (8, size - 15 + it) };
            self.fix(x, y, bit(it));
        }
        self.fix(8, size - 8, true);
    }

    /// Puts the words in, in two columns at a time, up and down.
    fn filled(mut self, words: &[u8]) -> Self {
        let mut bits = words.iter().flat_map(|it| (0..8).rev().map(move |bit| it >> bit & 1 == 1));
        let size = self.size;
        let columns = (1..size).rev().step_by(2).map(|it| if it <= 6 { it - 1 } else { it });
        for (turn, right) in columns.enumerate() {
            for step in 0..size {
                let y = if turn % 2 == 0 { size - 1 - step } else { step };
                for x in [right, right - 1] {
                    if !self.fixed[y * size + x] {
                        self.dark[y * size + x] = bits.next().unwrap_or(false);
                    }
                }
            }
        }
        self
    }

    fn masked(&self, mask: usize) -> Self {
        let mut code = self.clone();
        let turns = |x: usize, y: usize| match mask {
            0 => (x + y).is_multiple_of(2),
            1 => y.is_multiple_of(2),
            2 => x.is_multiple_of(3),
            3 => (x + y).is_multiple_of(3),
            4 => (x / 3 + y / 2).is_multiple_of(2),
            5 => x * y % 2 + x * y % 3 == 0,
            6 => (x * y % 2 + x * y % 3).is_multiple_of(2),
            _ => ((x + y) % 2 + x * y % 3).is_multiple_of(2),
        };
        for (at, dark) in code.dark.iter_mut().enumerate() {
            *dark ^= !self.fixed[at] && turns(at % self.size, at / self.size);
        }
        code.put_format(mask);
        code
    }

    /// What makes a code hard to read: long runs and blocks of one color, and too much of one.
    fn penalty(&self) -> usize {
        let (size, mut sum) = (self.size, 0);
        for line in 0..size {
            for across in [true, false] {
                let at = |it: usize| if across { (it, line) } else { (line, it) };
                let module = |it: usize| self.is_dark(at(it).0, at(it).1);
                let mut run = 1;
                for it in 1..size {
                    run = if module(it) == module(it - 1) { run + 1 } else { 1 };
                    sum += match run {
                        5 => 3,
                        6.. => 1,
                        _ => 0,
                    };
                }
            }
        }
        for (x, y) in (0..size * size).map(|it| (it % size, it / size)) {
            let alike = |x, y| x < size && y < size && self.is_dark(x, y);
            let dark = [(x + 1, y), (x, y + 1), (x + 1, y + 1)].map(|it| alike(it.0, it.1));
            let whole = x + 1 < size && y + 1 < size;
            sum += if whole && dark == [self.is_dark(x, y); 3] { 3 } else { 0 };
        }
        let share = self.dark.iter().filter(|it| **it).count() * 20 / (size * size);
        sum + share.abs_diff(10) * 10
    }
}

/// The rows and columns in which alignment patterns stand.
fn alignment(version: usize) -> Vec<usize> {
    if version == 1 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let size = version * 4 + 17;
    let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
    let mut places: Vec<usize> = (0..count - 1).map(|it| size - 7 - it * step).collect();
    places.push(6);
    places.reverse();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Any reader would do; this one is independent of what stands above.
    fn read(code: &Code) -> String {
        let (quiet, scale) = (4, 3);
        let width = (code.size + 2 * quiet) * scale;
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, width, |x, y| {
            let module = |it: usize| (it / scale).wrapping_sub(quiet);
            let (x, y) = (module(x), module(y));
            let dark = x < code.size && y < code.size && code.is_dark(x, y);
            if dark { 0 } else { 255 }
        });
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1, "one code is seen");
        grids[0].decode().expect("it can be read").1
    }

    #[test]
    fn every_length_that_fits_is_read_back() {
        let sample = "https://example.org/inflight/#scenario=first-steps/a-mug-eventually&run=1.";
        let sample = sample.repeat(8);
        let lengths = (1..VERSION_MAX).map(|it| data_bytes(it) - head_bytes(it));
        for most in lengths {
            let text = &sample[..most];
            let code = encode(text).expect("it fits");
            assert_eq!(read(&code), text, "{most} bytes");
            let larger = encode(&sample[..=most]).expect("it fits");
            assert_eq!(larger.size, code.size + 4, "{most} bytes are all that fit");
        }
        assert!(encode(&sample[..520]).is_some() && encode(&sample[..521]).is_none());
        assert_eq!(read(&encode("a").unwrap()), "a");
    }

    #[test]
    fn the_outline_covers_the_dark_modules() {
        let code = encode("inflight").unwrap();
        let dark = code.dark.iter().filter(|it| **it).count();
        let outline = code.outline();
        let widths = outline
            .split('h')
            .skip(1)
            .step_by(2)
            .map(|it| it.split('v').next().unwrap().parse::<usize>().unwrap());
        assert_eq!(widths.sum::<usize>(), dark);
    }
}
