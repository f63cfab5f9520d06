/// Reads the JSON of answers and messages.
@NullMarked
package dev.tocsin.bench.json;

import org.jspecify.annotations.NullMarked;
