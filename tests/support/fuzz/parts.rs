//! Damage inside of packed files: without it a checksum or an inflater stops nearly every input at the door.

use super::mutate::mutate;
use super::random::Random;
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use std::io::{Cursor, Read, Write};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// A file of a package: name and content.
pub type Part = (String, Vec<u8>);

/// The files of a ZIP package.
pub fn unzip(bytes: &[u8]) -> Vec<Part> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let Ok(mut file) = archive.by_index(index) else { continue };
        let (mut content, name) = (Vec::new(), file.name().unwrap_or_default().into_owned());
        if file.read_to_end(&mut content).is_ok() {
            parts.push((name, content));
        }
    }
    parts
}

/// A ZIP package with right checksums.
pub fn rezip(parts: &[Part]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        // Two files of one name are refused by the writer and cannot be made this way.
        if writer.start_file(name.as_str(), SimpleFileOptions::default()).is_ok() {
            writer.write_all(content).expect("memory takes everything");
        }
    }
    writer.finish().expect("memory takes everything").into_inner()
}

/// Damages the parts of a package: one swapped, doubled, dropped, taken from another file, or damaged within.
pub fn mutate_zip(random: &mut Random, bytes: &[u8], others: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
    let mut parts = unzip(bytes);
    for _ in 0..=random.low(4) {
        let (one, two) = (random.below(parts.len()), random.below(parts.len()));
        if parts.is_empty() {
            break;
        }
        match random.below(10) {
            0 => {
                let content = parts[one].1.clone();
                parts[two].1 = content;
            }
            1 => {
                let name = std::mem::take(&mut parts[one].0);
                parts[one].0 = std::mem::replace(&mut parts[two].0, name);
            }
            2 => drop(parts.remove(one)),
            3 => {
                let other: &Vec<u8> = random.pick(others);
                let other = unzip(other);
                if let Some((_, content)) = other.iter().find(|(name, _)| *name == parts[one].0) {
                    parts[one].1.clone_from(content);
                }
            }
            _ => {
                let at = if random.once_in(3) { one } else { main_part(&parts) };
                mutate(random, &mut parts[at].1, others, words);
            }
        }
    }
    rezip(&parts)
}

/// The largest text is where most of a reader's work is.
fn main_part(parts: &[Part]) -> usize {
    let xml = |(_, (name, _)): &(usize, &Part)| name.ends_with(".xml");
    parts.iter().enumerate().filter(xml).max_by_key(|(_, (_, content))| content.len()).map_or(0, |(at, _)| at)
}

/// Damages one deflated stream of a PDF within; everything after it stays where it was.
pub fn mutate_stream(random: &mut Random, pdf: &mut [u8], words: &[&str]) {
    let starts: Vec<usize> = memchr::memmem::find_iter(pdf, b"stream").map(|at| at + 6).collect();
    for _ in 0..8 {
        let mut start = if starts.is_empty() { return } else { *random.pick(&starts) };
        start += pdf[start..].iter().take(2).take_while(|b| b.is_ascii_whitespace()).count();
        let Some(end) = memchr::memmem::find(&pdf[start..], b"endstream").map(|n| start + n) else { continue };
        let mut content = Vec::new();
        let _ = ZlibDecoder::new(&pdf[start..end]).take(1 << 20).read_to_end(&mut content);
        if content.is_empty() {
            continue;
        }
        mutate(random, &mut content, &[], words);
        // What no longer fits is cut off: the offsets of the objects must stay right.
        while let Some(packed) = deflated(&content).filter(|packed| packed.len() > end - start) {
            let excess = (packed.len() - (end - start)).max(content.len() / 50);
            content.truncate(content.len().saturating_sub(excess));
        }
        let packed = deflated(&content).unwrap_or_default();
        if packed.len() <= end - start {
            pdf[start..start + packed.len()].copy_from_slice(&packed);
        }
        return;
    }
}

fn deflated(content: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).ok()?;
    encoder.finish().ok()
}
