//! The imprint (版记): its lines stand on the foot of the text's area, between rules that are as wide as the text.

use super::body::{Page, half_chars, paragraph};
use super::measures::{IMPRINT_SIZE, INNER_RULE, LINE, OUTER_RULE};

const ONE_CHAR: u32 = IMPRINT_SIZE * 10;

/// Each entry in a frame of its own at a place of the page, for not every program puts a table at the foot, nor several
/// paragraphs into one frame. The lines are broken here, so that their number, and with it a frame's height, is known.
pub(super) fn write(xml: &mut String, lines: &[(String, String)], page: &Page) {
    let broken: Vec<Vec<String>> = lines.iter().map(|line| broken(line, page.text_width)).collect();
    let height = |entry: &Vec<String>| u32::try_from(entry.len()).unwrap_or(u32::MAX).saturating_mul(LINE);
    let mut top = page.foot_of_text().saturating_sub(broken.iter().map(height).sum());
    let stop = page.text_width - ONE_CHAR;
    for (n, entry) in broken.iter().enumerate() {
        let height = height(entry);
        let above = rule("top", if n == 0 { OUTER_RULE } else { INNER_RULE });
        let below = if n + 1 == broken.len() {
            rule("bottom", OUTER_RULE)
        } else {
            String::new()
        };
        let properties = format!(
            concat!(
                r#"<w:framePr w:w="{}" w:h="{}" w:hRule="exact" w:wrap="around" w:vAnchor="page" w:hAnchor="page" "#,
                r#"w:x="{}" w:y="{}"/><w:pBdr>{}{}</w:pBdr><w:tabs><w:tab w:val="right" w:pos="{}"/></w:tabs>"#
            ),
            page.text_width,
            height,
            page.left(),
            top,
            above,
            below,
            stop
        );
        paragraph(xml, "Imprint", &properties, &entry.join("\n"));
        top += height;
    }
    // A frame holds on to the paragraph after it, which must not make a page of its own.
    paragraph(xml, "Cell", r#"<w:spacing w:line="20" w:lineRule="exact"/>"#, "");
}

fn rule(side: &str, eighths: u32) -> String {
    format!(r#"<w:{side} w:val="single" w:sz="{eighths}" w:space="0"/>"#)
}

/// 左右各空一字, what is carried over stands under what follows 抄送：.
fn broken((left, right): &(String, String), text_width: u32) -> Vec<String> {
    if !right.is_empty() {
        return vec![format!("　{left}\t{right}")];
    }
    let label = left.split_once('：').map_or(0, |(label, _)| label.chars().count() + 1);
    let room = (text_width / ONE_CHAR).saturating_sub(2) * 2;
    let mut lines = vec!["　".to_owned()];
    for letter in left.chars() {
        let used = lines.last().map_or(0, |l| half_chars(l));
        // Punctuation may hang over the edge.
        if used + 2 > room + 2 && !"，、；。".contains(letter) {
            lines.push("　".repeat(label + 1));
        }
        if let Some(line) = lines.last_mut() {
            line.push(letter);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::measures::TEXT_WIDTH;
    use super::broken;

    #[test]
    fn a_long_list_of_receivers_stands_under_its_own_beginning() {
        let to = "区人民政府，区监察委员会，区人民法院，区人民检察院，区委办公室，区委组织部。";
        let lines = broken(&(format!("抄送：{to}"), String::new()), TEXT_WIDTH);
        assert!(lines[0].starts_with("　抄送：区人民政府"));
        assert!(lines.len() == 2 && lines[1].starts_with("　　　　区"), "{lines:?}");
        let whole: String = lines.iter().map(|l| l.trim_start_matches('　')).collect();
        assert_eq!(whole, format!("抄送：{to}"));
    }
}
