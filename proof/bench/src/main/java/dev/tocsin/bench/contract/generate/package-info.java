/// Makes cases of a seed.
@NullMarked
package dev.tocsin.bench.contract.generate;

import org.jspecify.annotations.NullMarked;
