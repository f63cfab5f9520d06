/// What the tree promises, held by tests: directions, cycles, who touches the outside, documents
/// that tell the truth.
@NullMarked
package dev.tocsin.system.architecture;

import org.jspecify.annotations.NullMarked;
