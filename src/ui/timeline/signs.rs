//! Paints signs and small multiples.

use super::painter::Painter;
use crate::app::view::DIM;
use crate::app::view::timeline::{Column, Sign, SignView, Tone};

impl Painter<'_> {
    pub(super) fn cross(&self, (x, y): (f64, f64), r: f64) {
        let cx = self.cx;
        cx.begin_path();
        cx.move_to(x - r, y - r);
        cx.line_to(x + r, y + r);
        cx.move_to(x + r, y - r);
        cx.line_to(x - r, y + r);
        cx.set_stroke_style_str(&self.palette.bad);
        cx.set_line_width(2.0);
        cx.stroke();
    }

    /// A sign: each kind has its own shape.
    pub(super) fn sign(&self, it: &SignView, y: f64) {
        let (cx, palette, x) = (self.cx, self.palette, it.x);
        let outline = |points: &[(f64, f64)]| {
            cx.begin_path();
            for (index, (dx, dy)) in points.iter().enumerate() {
                if index == 0 { cx.move_to(x + dx, y + dy) } else { cx.line_to(x + dx, y + dy) }
            }
            cx.close_path();
        };
        let color = match it.sign {
            Sign::Loss => return self.cross((x, y), 4.5),
            Sign::Click => {
                outline(&[(-5.0, -5.0), (5.0, -5.0), (0.0, 4.0)]);
                &palette.soft
            }
            Sign::Fault => {
                outline(&[
                    (1.0, -7.0),
                    (-4.0, 1.0),
                    (-0.5, 1.0),
                    (-1.0, 7.0),
                    (4.0, -1.0),
                    (0.5, -1.0),
                ]);
                &palette.ink
            }
            Sign::Violation => {
                outline(&[(-1.0, -8.0), (9.0, -4.5), (1.0, -1.0), (1.0, 8.0), (-1.0, 8.0)]);
                &palette.bad
            }
            Sign::Turn => {
                outline(&[(0.0, -5.0), (4.0, 0.0), (0.0, 5.0), (-4.0, 0.0)]);
                &palette.accent
            }
        };
        cx.set_global_alpha(if it.dim { DIM } else { 1.0 });
        cx.set_stroke_style_str(&palette.surface);
        cx.set_line_width(2.5);
        cx.stroke();
        cx.set_fill_style_str(color);
        cx.fill();
        cx.set_global_alpha(1.0);
    }

    pub(super) fn chart(&self, base: f64, tone: Tone, columns: &[Column], of: &[Column]) {
        let (cx, palette) = (self.cx, self.palette);
        let color = match tone {
            Tone::Plain => &palette.work,
            Tone::Late => &palette.late,
            Tone::False => &palette.bad,
        };
        self.area(&palette.edge, 0.35, base, of);
        self.area(color, 0.45, base, columns);
        // The highest values: what is put together must not hide them.
        cx.begin_path();
        for it in columns {
            let flat = it.first.max(it.last) < it.peak;
            let (first, last) = if flat { (it.peak, it.peak) } else { (it.first, it.last) };
            cx.move_to(it.x, base - first);
            cx.line_to(it.to, base - last);
        }
        cx.set_stroke_style_str(color);
        cx.set_line_width(1.5);
        cx.stroke();
    }

    fn area(&self, color: &str, alpha: f64, base: f64, columns: &[Column]) {
        let cx = self.cx;
        cx.set_global_alpha(alpha);
        cx.set_fill_style_str(color);
        cx.begin_path();
        for it in columns.iter().filter(|it| it.first > 0.0 || it.last > 0.0) {
            cx.move_to(it.x, base);
            cx.line_to(it.x, base - it.first);
            cx.line_to(it.to, base - it.last);
            cx.line_to(it.to, base);
        }
        cx.fill();
        cx.set_global_alpha(1.0);
    }
}
