//! Sets of places in a sequence of words, a bit for each.

/// Places in a sequence: place `p` stands before word `p`, the last one behind the last word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bits<const N: usize>([u64; N]);

impl<const N: usize> Bits<N> {
    /// How many places there are.
    pub const PLACES: usize = N * 64;
    /// No place.
    pub const NONE: Self = Self([0; N]);

    /// The places from one up to and without another.
    #[inline]
    pub fn range(from: usize, to: usize) -> Self {
        let mut bits = Self::NONE;
        for (block, bits) in bits.0.iter_mut().enumerate() {
            let below = |place: usize| match place.saturating_sub(block * 64) {
                within @ 0..64 => (1 << within) - 1,
                _ => u64::MAX,
            };
            *bits = below(to) & !below(from);
        }
        bits
    }

    /// Puts a place in.
    #[inline]
    pub fn set(&mut self, place: usize) {
        if let Some(block) = self.0.get_mut(place / 64) {
            *block |= 1 << (place % 64);
        }
    }

    /// Whether a place is in.
    #[inline]
    pub fn has(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|block| block >> (place % 64) & 1 == 1)
    }

    /// Whether no place is in.
    #[inline]
    pub fn is_none(&self) -> bool {
        self.0 == [0; N]
    }

    /// The places in both.
    #[inline]
    pub fn and(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(this, that)| *this &= that);
        self
    }

    /// The places in one or both.
    #[inline]
    pub fn or(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(this, that)| *this |= that);
        self
    }

    /// Every place so many words earlier; fewer than 64.
    #[inline]
    pub fn earlier(mut self, words: u32) -> Self {
        if words == 0 {
            return self;
        }
        for block in 0..N {
            let next = self.0.get(block + 1).copied().unwrap_or(0);
            self.0[block] = self.0[block] >> words | next << (64 - words);
        }
        self
    }

    /// Every place and those up to so many words earlier.
    pub fn up_to_earlier(self, words: u32) -> Self {
        let (mut reached, mut done) = (self, 0);
        while done < words {
            let step = (done + 1).min(words - done).min(63);
            reached = reached.or(reached.earlier(step));
            done += step;
        }
        reached
    }

    /// The places, first to last.
    pub fn places(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(block, mut bits)| {
            std::iter::from_fn(move || {
                let place = (bits != 0).then(|| block * 64 + bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(place)
            })
        })
    }
}

impl<const N: usize> Default for Bits<N> {
    fn default() -> Self {
        Self::NONE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_move_over_the_edge_of_a_block() {
        let mut bits = Bits::<2>::NONE;
        [3, 64, 70, 127].into_iter().for_each(|place| bits.set(place));
        assert_eq!(bits.earlier(6).places().collect::<Vec<_>>(), [58, 64, 121]);
        assert_eq!(bits.and(Bits::range(4, 127)).places().collect::<Vec<_>>(), [64, 70]);
        let mut one = Bits::<2>::NONE;
        one.set(100);
        assert_eq!(one.up_to_earlier(40), Bits::range(60, 101));
        assert_eq!(Bits::<2>::range(0, 128).places().count(), 128);
    }
}
