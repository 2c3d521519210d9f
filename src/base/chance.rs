//! Chance, from named streams only.
//!
//! A [`Stream`] is a key and a counter: draw *n* is a mix of the two (`SplitMix64` in counter mode; Steele, Lea and
//! Flood, "Fast splittable pseudorandom number generators", 2014). The key comes from the run's seed and from
//! names (who, what for), so adding a service or turning a knob changes nobody else's luck, and two variants
//! meet the same customers and the same storms. Streams hold no hidden state: cloning a system clones its luck.
//!
//! Shapes come from `rand_distr` built without `std`: the standard library's logarithm gives other bits in
//! wasm than natively.

use rand_distr::{Distribution, Exp1, StandardNormal};

/// The golden-ratio increment of `SplitMix64`.
const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// The finalizer of `SplitMix64`: a bijection on 64 bits in which each input bit moves every output bit.
pub const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// One independent source of chance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stream {
    key: u64,
    drawn: u64,
}

impl Stream {
    /// The stream that belongs to `names` in the run with this `seed`. Names are order-sensitive and kept
    /// apart: `["ab", "c"]` is not `["a", "bc"]`.
    pub fn new(seed: u64, names: &[&str]) -> Self {
        let mut key = mix(seed.wrapping_add(GAMMA));
        for name in names {
            for byte in name.bytes() {
                key = mix(key ^ u64::from(byte)).wrapping_add(GAMMA);
            }
            key = mix(key ^ 0x100);
        }
        Self { key, drawn: 0 }
    }

    /// The next 64 bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.drawn += 1;
        mix(self.key.wrapping_add(self.drawn.wrapping_mul(GAMMA)))
    }

    /// Uniform in `[0, 1)`, in steps of 2⁻⁵³.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// True with this probability; certain from 1 up, impossible from 0 down.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Uniform among `low..=high`; `low` when the range is empty.
    #[expect(clippy::cast_possible_wrap, clippy::cast_sign_loss, reason = "arithmetic modulo 2⁶⁴")]
    pub fn int(&mut self, low: i64, high: i64) -> i64 {
        if high <= low {
            return low;
        }
        let width = (high.wrapping_sub(low) as u64).wrapping_add(1);
        if width == 0 {
            return self.bits() as i64;
        }
        // The high half of a product is uniform up to a bias of width / 2⁶⁴.
        let pick = (u128::from(self.bits()) * u128::from(width)) >> 64;
        low.wrapping_add(pick as i64)
    }

    /// Exponential with mean 1.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        Exp1.sample(self)
    }

    /// Normal with mean 0 and standard deviation 1.
    pub fn normal(&mut self) -> f64 {
        StandardNormal.sample(self)
    }
}

impl rand_core::TryRng for Stream {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok((self.bits() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(self.bits())
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Self::Error> {
        for chunk in dst.chunks_mut(8) {
            chunk.copy_from_slice(&self.bits().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mix_gives_the_published_numbers() {
        // The first outputs of SplitMix64 seeded with 0 (Vigna's reference program).
        let outputs: Vec<u64> = (1..=3).map(|n| mix(GAMMA.wrapping_mul(n))).collect();
        assert_eq!(outputs, [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F]);
    }

    #[test]
    fn names_are_kept_apart() {
        let first = |names: &[&str]| Stream::new(1, names).bits();
        assert_ne!(first(&["ab", "c"]), first(&["a", "bc"]));
        assert_ne!(first(&["a", "b"]), first(&["b", "a"]));
        assert_eq!(first(&["a", "b"]), first(&["a", "b"]));
    }

    #[test]
    fn shapes_have_their_moments() {
        let mut stream = Stream::new(7, &["moments"]);
        let n = 200_000;
        let mean = |sum: f64| sum / f64::from(n);
        let exponential = mean((0..n).map(|_| stream.exponential()).sum());
        let square = mean((0..n).map(|_| stream.normal()).map(|x| x * x).sum());
        let unit = mean((0..n).map(|_| stream.unit()).sum());
        // Four standard errors of each.
        assert!((exponential - 1.0).abs() < 4.0 / 447.0, "{exponential}");
        assert!((square - 1.0).abs() < 4.0 * 1.42 / 447.0, "{square}");
        assert!((unit - 0.5).abs() < 4.0 * 0.289 / 447.0, "{unit}");
    }

    #[test]
    fn whole_numbers_keep_their_bounds() {
        let mut stream = Stream::new(3, &["ints"]);
        let seen: std::collections::BTreeSet<i64> = (0..200).map(|_| stream.int(-1, 2)).collect();
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [-1, 0, 1, 2]);
        assert_eq!(stream.int(5, 5), 5);
    }
}
