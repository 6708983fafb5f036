//! The table as it lies in the program: features by their hash, each with its weights.

use std::sync::LazyLock;

/// A word, a beginning or a pair of words, as its hash.
pub(super) type Feature = u32;

/// Bytes of one weight: the column, then thousandths of the weight.
const ENTRY: usize = 3;

static SHIPPED: LazyLock<Option<Table>> =
    LazyLock::new(|| Table::parse(include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/likeness.bin"))));

/// The weights of all features.
#[derive(Debug)]
pub(super) struct Table {
    pub labels: Vec<String>,
    /// What every column starts from.
    pub biases: Vec<f32>,
    /// The features, ascending.
    features: Vec<Feature>,
    /// How rare each feature is.
    rarity: Vec<f32>,
    /// For every feature where its entries begin; one more for the end.
    offsets: Vec<u32>,
    entries: &'static [u8],
    /// For every value of a feature's upper half where its features begin.
    buckets: Vec<u32>,
}

impl Table {
    /// The table in the program; nothing only if it is broken, which a test rules out.
    pub fn shipped() -> Option<&'static Self> {
        SHIPPED.as_ref()
    }

    fn parse(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(b"SLK1")?;
        let (count, size) = (number(&mut rest)? as usize, number(&mut rest)? as usize);
        let (mut labels, mut biases) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for _ in 0..count {
            biases.push(f32::from_bits(number(&mut rest)?));
            let length = usize::from(*rest.split_off_first()?);
            labels.push(String::from_utf8(rest.split_off(..length)?.to_vec()).ok()?);
        }
        let features = numbers(&mut rest, size)?;
        let rarity = numbers(&mut rest, size)?.into_iter().map(f32::from_bits).collect();
        let offsets = numbers(&mut rest, size + 1)?;
        if *offsets.last()? as usize * ENTRY != rest.len() || !features.is_sorted() || !offsets.is_sorted() {
            return None;
        }
        let mut buckets = Vec::with_capacity((1 << 16) + 1);
        for (at, feature) in (0..).zip(&features) {
            buckets.resize((feature >> 16) as usize + 1, at);
        }
        buckets.resize((1 << 16) + 1, u32::try_from(size).ok()?);
        Some(Self { labels, biases, features, rarity, offsets, entries: rest, buckets })
    }

    pub fn label(&self, name: &str) -> Option<u8> {
        self.labels.iter().position(|label| label == name).and_then(|at| u8::try_from(at).ok())
    }

    fn position(&self, feature: Feature) -> Option<usize> {
        let half = (feature >> 16) as usize;
        let (from, to) = (self.buckets[half] as usize, self.buckets[half + 1] as usize);
        self.features[from..to].iter().position(|f| *f == feature).map(|at| from + at)
    }

    fn entries(&self, position: usize) -> impl Iterator<Item = (u8, f32)> {
        let (from, to) = (self.offsets[position] as usize, self.offsets[position + 1] as usize);
        let entries = self.entries[from * ENTRY..to * ENTRY].as_chunks::<ENTRY>().0;
        entries.iter().map(|[label, low, high]| (*label, f32::from(i16::from_le_bytes([*low, *high])) / 1000.0))
    }

    /// The score of every column for a statement with these features.
    pub fn scores(&self, features: &mut [Feature]) -> Vec<f32> {
        features.sort_unstable();
        let known: Vec<(usize, f32)> = features
            .chunk_by(|a, b| a == b)
            .filter_map(|same| {
                let position = self.position(same[0])?;
                Some((position, (1.0 + (same.len() as f32).ln()) * self.rarity[position]))
            })
            .collect();
        let length = known.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        let mut scores = self.biases.clone();
        for (position, weight) in known {
            let share = weight / length;
            for (label, weight) in self.entries(position) {
                if let Some(score) = scores.get_mut(usize::from(label)) {
                    *score += weight * share;
                }
            }
        }
        scores
    }
}

pub(super) fn number(rest: &mut &'static [u8]) -> Option<u32> {
    rest.split_off(..4)?.try_into().ok().map(u32::from_le_bytes)
}

pub(super) fn numbers(rest: &mut &'static [u8], count: usize) -> Option<Vec<u32>> {
    let bytes = rest.split_off(..count.checked_mul(4)?)?;
    Some(bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)).collect())
}

/// FNV-1a.
pub(super) fn hash(word: &str) -> u64 {
    word.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

fn feature(kind: u64, hash: u64) -> Feature {
    let mixed = (hash ^ kind.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    (mixed >> 32) as Feature
}

pub(super) fn word(hash: u64) -> Feature {
    feature(1, hash)
}

pub(super) fn beginning(hash: u64) -> Feature {
    feature(2, hash)
}

pub(super) fn pair(first: u64, second: u64) -> Feature {
    feature(3, first.rotate_left(17).wrapping_add(second))
}

/// Two words with one between them.
pub(super) fn apart(first: u64, third: u64) -> Feature {
    feature(4, first.rotate_left(17).wrapping_add(third))
}

pub(super) fn heading(hash: u64) -> Feature {
    feature(5, hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_whole_and_a_cut_one_is_refused() {
        let table = Table::shipped().expect("rules/likeness.bin");
        assert!(table.labels.len() == table.biases.len() && table.label("MOU-7/diversion").is_some());
        let bytes: &'static [u8] = include_bytes!("../../rules/likeness.bin");
        assert!(Table::parse(&bytes[..bytes.len() - 1]).is_none() && Table::parse(b"SLK1").is_none());
    }
}
