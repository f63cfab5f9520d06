/// The load case `footprint`: how fast the default job starts and how little it takes.
@NullMarked
package dev.tocsin.bench.footprint;

import org.jspecify.annotations.NullMarked;
