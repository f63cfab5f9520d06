/// Whether the contract holds, and whether it would be noticed if it did not.
@NullMarked
package dev.tocsin.bench.contract;

import org.jspecify.annotations.NullMarked;
