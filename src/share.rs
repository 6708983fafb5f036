//! The parts of one document, shared among the processors.
//!
//! Where many documents are checked at a time each processor has its own. A single one is looked at by all.

use rayon::prelude::*;

/// How many parts one processor looks at before it looks whether another is idle.
const SHARE: usize = 32;

/// What `each` gives of every item, in their order. `state` is made for each processor that takes part.
pub(crate) fn map<T: Sync, R: Send, S>(
    items: &[T],
    state: impl Fn() -> S + Sync + Send,
    each: impl Fn(&mut S, &T) -> R + Sync + Send,
) -> Vec<R> {
    // A worker that waits for others would take up the next document in the meantime, on top of this one.
    let alone = rayon::current_thread_index().is_none();
    if alone && items.len() > SHARE {
        return items.par_iter().with_min_len(SHARE).map_init(state, each).collect();
    }
    if items.is_empty() {
        return Vec::new();
    }
    let mut state = state();
    items.iter().map(|item| each(&mut state, item)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_the_items_order_in_a_pool_and_outside() {
        let items: Vec<usize> = (0..1000).collect();
        let double = || map(&items, || 2, |factor, item| *factor * item);
        let wanted: Vec<usize> = items.iter().map(|item| 2 * item).collect();
        assert_eq!(double(), wanted);
        assert_eq!(rayon::scope(|_| double()), wanted);
        assert_eq!(map(&items[..0], || 2, |factor, item| *factor * item), [0; 0]);
    }
}
