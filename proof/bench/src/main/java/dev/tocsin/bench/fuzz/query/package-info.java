/// Random queries: grown from the grammar, damaged, or plain noise.
@NullMarked
package dev.tocsin.bench.fuzz.query;

import org.jspecify.annotations.NullMarked;
