//! QR codes, as SVG for screens and cards and in half blocks for a terminal.

use std::fmt::Write as _;

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};

/// Light modules around, as the standard asks.
const QUIET: usize = 4;

struct Modules {
    width: usize,
    colors: Vec<Color>,
}

impl Modules {
    fn of(text: &str) -> Result<Self, QrError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
        Ok(Self {
            width: code.width(),
            colors: code.to_colors(),
        })
    }

    /// Coordinates with the quiet zone.
    fn dark(&self, x: usize, y: usize) -> bool {
        let inner = |n: usize| n.checked_sub(QUIET).filter(|n| *n < self.width);
        match (inner(x), inner(y)) {
            (Some(x), Some(y)) => self.colors[y * self.width + x] == Color::Dark,
            _ => false,
        }
    }

    fn side(&self) -> usize {
        self.width + 2 * QUIET
    }
}

/// One path for all dark modules, each run of a row one rectangle. Scales to any size.
pub fn svg(text: &str) -> Result<String, QrError> {
    let modules = Modules::of(text)?;
    let side = modules.side();
    let mut path = String::new();
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let run = (x..side).take_while(|x| modules.dark(*x, y)).count();
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

/// Two rows a line. Light modules are drawn, for most terminals are dark.
pub fn terminal(text: &str) -> Result<String, QrError> {
    let modules = Modules::of(text)?;
    let mut out = String::new();
    for y in (0..modules.side()).step_by(2) {
        for x in 0..modules.side() {
            out.push(match (modules.dark(x, y), modules.dark(x, y + 1)) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            });
        }
        out.push('\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "http://192.168.1.20:8080/#c=ABCD-EFGH-JKMN";

    /// The modules of an SVG, read back from its path.
    fn drawn(svg: &str, side: usize) -> Vec<bool> {
        let path = svg.split("d=\"").nth(1).unwrap().split('"').next().unwrap();
        let mut dark = vec![false; side * side];
        for run in path.split('M').skip(1) {
            let (x, rest) = run.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let length: usize = rest.split('v').next().unwrap().parse().unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            dark[y * side + x..y * side + x + length].fill(true);
        }
        dark
    }

    #[test]
    fn the_svg_draws_every_module_within_a_quiet_zone_of_four() {
        let modules = Modules::of(URL).unwrap();
        let side = modules.side();
        let svg = svg(URL).unwrap();
        let dark = drawn(&svg, side);
        for y in 0..side {
            for x in 0..side {
                assert_eq!(dark[y * side + x], modules.dark(x, y), "{x} {y}");
            }
        }
        assert!(dark[..QUIET * side].iter().all(|d| !d));
        assert!(
            dark[QUIET * side + QUIET..QUIET * side + QUIET + 7].iter().all(|d| *d),
            "the finder's upper edge"
        );
        assert!(svg.contains(&format!("viewBox=\"0 0 {side} {side}\"")));
    }

    #[test]
    fn the_terminals_code_has_two_rows_a_line() {
        let text = terminal(URL).unwrap();
        let side = Modules::of(URL).unwrap().side();
        assert_eq!(text.lines().count(), side.div_ceil(2));
        assert!(text.lines().all(|line| line.chars().count() == side));
        assert!(text.lines().next().unwrap().chars().all(|c| c == '█'));
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        assert!(svg(&"x".repeat(5_000)).is_err());
    }
}
