//! Damage to bytes: what networks, disks, other programs and ill will do to a file.

use super::random::Random;

/// No input grows past this: the fuzzer looks for faults, not for the limits on size.
const MOST: usize = 2 << 20;
/// Numbers that readers trip over.
const NUMBERS: [&str; 14] = [
    "0",
    "1",
    "-1",
    "2",
    "7",
    "127",
    "255",
    "256",
    "32768",
    "65535",
    "2147483648",
    "4294967295",
    "99999999999999999999",
    "1e38",
];

/// Damages `bytes` in one to eight places; `others` are files to splice in, `words` what the format is made of.
pub fn mutate(random: &mut Random, bytes: &mut Vec<u8>, others: &[Vec<u8>], words: &[&str]) {
    for _ in 0..=random.low(8) {
        once(random, bytes, others, words);
        bytes.truncate(MOST);
    }
}

fn once(random: &mut Random, bytes: &mut Vec<u8>, others: &[Vec<u8>], words: &[&str]) {
    let at = random.below(bytes.len() + 1);
    match random.below(13) {
        0 | 1 => flip(random, bytes),
        2 => overwrite(random, bytes),
        3 => bytes.truncate(at),
        4 => drop(bytes.drain(at..stretch(random, bytes, at))),
        5 if !others.is_empty() => {
            let other: &Vec<u8> = random.pick(others);
            splice(random, bytes, other);
        }
        6 => {
            // One piece again and again: deep nesting, long lines, many elements.
            let piece = bytes[at..stretch(random, bytes, at).min(at + 200)].to_vec();
            let times = 1 + random.low(400);
            drop(bytes.splice(at..at, piece.repeat(times)));
        }
        7 => {
            let piece = bytes[at..stretch(random, bytes, at)].to_vec();
            let to = random.below(bytes.len() + 1);
            drop(bytes.splice(to..to, piece));
        }
        8 | 9 => number(random, bytes),
        10 | 11 if !words.is_empty() => {
            let times = if random.once_in(12) { 1 + random.low(2_000) } else { 1 };
            let word = random.pick(words).repeat(times);
            drop(bytes.splice(at..at, word.into_bytes()));
        }
        _ => swap(random, bytes),
    }
}

/// The end of a stretch from `at`: mostly short.
fn stretch(random: &mut Random, bytes: &[u8], at: usize) -> usize {
    let most = if random.once_in(8) { bytes.len() } else { 64 };
    (at + random.low(most)).min(bytes.len())
}

fn flip(random: &mut Random, bytes: &mut [u8]) {
    for _ in 0..=random.low(12) {
        let at = random.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << random.below(8);
        }
    }
}

fn overwrite(random: &mut Random, bytes: &mut [u8]) {
    let value = *random.pick(&[0, 0xff, 0x7f, 0x80, b' ', b'\n', b'<', b'\\']);
    for _ in 0..=random.low(8) {
        let (at, value) = (random.below(bytes.len()), if random.once_in(2) { value } else { random.byte() });
        if let Some(byte) = bytes.get_mut(at) {
            *byte = value;
        }
    }
}

/// The start of one file and the end of another, or a piece of the other within.
fn splice(random: &mut Random, bytes: &mut Vec<u8>, other: &[u8]) {
    let (at, from) = (random.below(bytes.len() + 1), random.below(other.len() + 1));
    if random.once_in(2) {
        bytes.truncate(at);
        bytes.extend_from_slice(&other[from..]);
    } else {
        let piece = &other[from..stretch(random, other, from)];
        drop(bytes.splice(at..at, piece.iter().copied()));
    }
}

/// Puts another number where one stands.
fn number(random: &mut Random, bytes: &mut Vec<u8>) {
    let from = random.below(bytes.len());
    let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|n| from + n) else { return };
    let length = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
    let number = random.pick(&NUMBERS).bytes();
    drop(bytes.splice(start..start + length, number));
}

/// Two stretches of the same length change places.
fn swap(random: &mut Random, bytes: &mut [u8]) {
    let length = random.low(bytes.len() / 2);
    let (one, two) = (random.below(bytes.len() - length + 1), random.below(bytes.len() - length + 1));
    if one.abs_diff(two) >= length {
        for n in 0..length {
            bytes.swap(one + n, two + n);
        }
    }
}
