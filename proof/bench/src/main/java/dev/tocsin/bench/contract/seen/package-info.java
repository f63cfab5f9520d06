/// What both sides show of themselves, in the same words.
@NullMarked
package dev.tocsin.bench.contract.seen;

import org.jspecify.annotations.NullMarked;
