/// Questions of the query API, the sides that answer them, and when two answers are the same.
@NullMarked
package dev.tocsin.bench.differential.answer;

import org.jspecify.annotations.NullMarked;
