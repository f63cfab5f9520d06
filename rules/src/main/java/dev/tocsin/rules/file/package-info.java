/// Rule files: their text read strictly, with every mistake at its place.
@NullMarked
package dev.tocsin.rules.file;

import org.jspecify.annotations.NullMarked;
