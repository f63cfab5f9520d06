package dev.tocsin.bench.differential.answer;

/// Whoever answers queries.
public interface Side {
  Answer ask(Question question);
}
