/// YAML as a tree with positions, and a strict way to read it: every mistake is collected with its
/// place, nothing is thrown. Keeps the YAML library away from everything else.
@NullMarked
package dev.tocsin.yaml;

import org.jspecify.annotations.NullMarked;
