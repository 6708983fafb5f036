//! Many at a time, handed on in order, with only a few results held.

use rayon::ThreadPoolBuilder;
use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::sync::mpsc;

/// How many items for each thread are on their way at once. More evens out slow files, and holds more results.
const AHEAD: usize = 4;
/// As much stack as a program's first thread usually has.
const STACK: usize = 8 << 20;

/// Does `work` on every item on several threads and hands the results to `take` on this one, in the items' order
/// and as soon as that order allows. Stops at the first error of `take`.
pub fn run<T: Sync, R: Send>(
    jobs: Option<NonZeroUsize>,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    // A single item needs no pool, and may use all processors itself.
    if let [only] = items {
        return take(work(only));
    }
    let jobs = jobs.map_or(0, NonZeroUsize::get);
    let pool = ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build().map_err(io::Error::other)?;
    let window = pool.current_num_threads() * AHEAD;
    let (sender, receiver) = mpsc::channel();
    let work = &work;
    pool.in_place_scope(|scope| {
        let mut waiting = BTreeMap::new();
        let (mut started, mut taken) = (0, 0);
        while taken < items.len() {
            for (at, item) in items.iter().enumerate().take(taken + window).skip(started) {
                let sender = sender.clone();
                // The receiver is gone only if `take` has failed, and then the result is not wanted.
                scope.spawn(move |_| drop(sender.send((at, work(item)))));
                started = at + 1;
            }
            let (at, result) = receiver.recv().map_err(io::Error::other)?;
            waiting.insert(at, result);
            while let Some(result) = waiting.remove(&taken) {
                taken += 1;
                take(result)?;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_order_whatever_takes_long() {
        let items: Vec<u64> = (0..50).collect();
        let mut taken = Vec::new();
        let work = |n: &u64| {
            std::thread::sleep(std::time::Duration::from_micros((n * 7919) % 500));
            *n
        };
        run(NonZeroUsize::new(4), &items, work, |n| {
            taken.push(n);
            Ok(())
        })
        .unwrap();
        assert_eq!(taken, items);
    }

    #[test]
    fn only_a_window_is_ahead_of_what_was_taken() {
        let items: Vec<usize> = (0..200).collect();
        let (done, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |_: &usize| done.fetch_add(1, Ordering::SeqCst) + 1 - taken.load(Ordering::SeqCst);
        let take = |ahead| {
            taken.fetch_add(1, Ordering::SeqCst);
            assert!(ahead <= 2 * AHEAD + 1, "{ahead} ahead");
            Ok(())
        };
        run(NonZeroUsize::new(2), &items, work, take).unwrap();
    }

    #[test]
    fn an_error_stops_the_run() {
        let items: Vec<usize> = (0..1_000).collect();
        let done = AtomicUsize::new(0);
        let take = |n: usize| if n == 3 { Err(io::Error::other("full")) } else { Ok(()) };
        let work = |n: &usize| {
            done.fetch_add(1, Ordering::SeqCst);
            *n
        };
        assert!(run(NonZeroUsize::new(2), &items, work, take).is_err());
        assert!(done.load(Ordering::SeqCst) < 100);
    }
}
