//! A starting document in Word's format.

use super::Part;
use docx_rs::{
    AbstractNumbering, Docx, IndentLevel, Level, LevelJc, LevelText, NumberFormat, Numbering, NumberingId, Paragraph,
    Run, RunFonts, Start, Style, StyleType,
};
use std::io::Cursor;

/// Sizes of headings in half points, from level 1.
const SIZES: [usize; 3] = [32, 26, 23];

/// The package's bytes.
///
/// # Errors
/// The package cannot be packed.
pub fn docx(parts: &[Part]) -> std::io::Result<Vec<u8>> {
    let bullet = Level::new(0, Start::new(1), NumberFormat::new("bullet"), LevelText::new("•"), LevelJc::new("left"));
    let bullet = bullet.indent(Some(720), Some(docx_rs::SpecialIndentType::Hanging(360)), None, None);
    let mut docx = Docx::new()
        .default_fonts(RunFonts::new().ascii("Georgia").hi_ansi("Georgia"))
        .default_size(22)
        .add_abstract_numbering(AbstractNumbering::new(1).add_level(bullet))
        .add_numbering(Numbering::new(1, 1));
    for (level, size) in (1..).zip(SIZES) {
        let style = Style::new(format!("Heading{level}"), StyleType::Paragraph);
        docx = docx.add_style(style.name(format!("heading {level}")).bold().size(size).outline_lvl(level - 1));
    }
    for part in parts {
        docx = docx.add_paragraph(match part {
            Part::Heading(level, text) => paragraph(text).style(&format!("Heading{level}")).keep_next(true),
            Part::Paragraph(text) => paragraph(text),
            Part::Item(text) => paragraph(text).numbering(NumberingId::new(1), IndentLevel::new(0)),
        });
    }
    let mut out = Cursor::new(Vec::new());
    docx.build().pack(&mut out).map_err(std::io::Error::other)?;
    Ok(out.into_inner())
}

fn paragraph(text: &str) -> Paragraph {
    let plain: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain: String = plain.chars().filter(|c| !c.is_control()).collect();
    Paragraph::new().add_run(Run::new().add_text(plain)).line_spacing(docx_rs::LineSpacing::new().after(160))
}
