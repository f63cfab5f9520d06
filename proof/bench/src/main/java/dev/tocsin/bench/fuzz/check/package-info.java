/// What must hold for every query and every data.
@NullMarked
package dev.tocsin.bench.fuzz.check;

import org.jspecify.annotations.NullMarked;
