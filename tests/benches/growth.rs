//! Whether what reads a stranger's octets takes time in proportion to them: every fuzz target on inputs that grow. It
//! prints the worst of each, and fails when one is over the bar.

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use postern_tests::place;
use postern_tests::seeds::{grown, seeds};

use fuzz::{TARGETS, Target};

/// Eight times the input may take this many times as long; what is quadratic takes 64 times.
const BAR: f64 = 20.0;

/// What is measured takes this long at least.
const LONG: Duration = Duration::from_millis(2);

/// The best of these counts: what else the machine does only makes them slower.
const ROUNDS: usize = 7;

/// Longer inputs than this are refused by every reader.
const LONGEST: usize = 1 << 17;

fn main() -> ExitCode {
    println!("\nload average: {}", place::load());
    println!(
        "time for eight times the input, in times of the input; the worst seed, best of {ROUNDS}"
    );
    let mut met = true;
    for (name, target) in TARGETS {
        let ratios = seeds(name).into_iter().map(|seed| growth(*target, &seed));
        let worst = ratios.fold(0.0, f64::max);
        let verdict = if worst <= BAR { "within" } else { "OVER" };
        println!("  {name:<20} {worst:>7.2}   {verdict} {BAR}");
        met &= worst <= BAR;
    }
    ExitCode::from(u8::from(!met))
}

/// How the time grows where the input is so long that it can be measured.
fn growth(target: Target, seed: &[u8]) -> f64 {
    let mut length = 1 << 12;
    loop {
        let small = time(target, &grown(seed, length));
        if small > LONG || length >= LONGEST {
            let large = time(target, &grown(seed, 8 * length));
            return large.as_secs_f64() / small.max(LONG).as_secs_f64();
        }
        length *= 2;
    }
}

fn time(target: Target, octets: &[u8]) -> Duration {
    let measured = (0..ROUNDS).map(|_| {
        let began = Instant::now();
        target(octets);
        began.elapsed()
    });
    measured.min().unwrap_or_default()
}
