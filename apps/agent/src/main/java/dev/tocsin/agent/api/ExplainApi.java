package dev.tocsin.agent.api;

import dev.tocsin.agent.api.ApiException.Kind;
import dev.tocsin.agent.explain.Decisions;
import dev.tocsin.agent.explain.ExplainJson;
import dev.tocsin.agent.explain.ExplainText;
import dev.tocsin.agent.explain.Explainer;
import dev.tocsin.agent.explain.Explainer.Answer;
import dev.tocsin.agent.explain.Explainer.Question;
import dev.tocsin.deliver.outbox.DeliveryRecord;
import dev.tocsin.engine.EngineView;
import dev.tocsin.model.labels.LabelNames;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.text.Suggestion;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import dev.tocsin.world.time.Clock;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// `/api/tocsin/v1/explain?alert=NAME[&label=name=value]...[&format=text]`: why the alerts of a
/// name are as they are.
public final class ExplainApi {
  private final Explainer explainer;
  private final Supplier<EngineView> view;
  private final Decisions decisions;
  private final Supplier<List<DeliveryRecord>> deliveries;
  private final Clock clock;
  private final Turns turns;

  /// @param deliveries the last ones, newest last
  public ExplainApi(
      Explainer explainer,
      Supplier<EngineView> view,
      Decisions decisions,
      Supplier<List<DeliveryRecord>> deliveries,
      Clock clock,
      Turns turns) {
    this.explainer = explainer;
    this.view = view;
    this.decisions = decisions;
    this.deliveries = deliveries;
    this.clock = clock;
    this.turns = turns;
  }

  public HttpReply explain(HttpRequest request) throws IOException {
    Form form = Form.of(request);
    Question question = question(form);
    String format = form.get("format");
    if (!List.of("", "json", "text").contains(format)) {
      throw ApiException.badData("format", "not json or text: " + LabelNames.quote(format));
    }
    return turns.take(
        request,
        turn -> {
          EngineView now = view.get();
          Answer answer =
              explainer.explain(question, now, decisions.last(), deliveries.get(), turn);
          if (answer.explained().isEmpty()) {
            throw new ApiException(Kind.NOT_FOUND, nothing(question, now));
          }
          return format.equals("text")
              ? HttpReply.text(200, ExplainText.of(question.alert(), answer))
              : HttpReply.json(200, ExplainJson.of(question.alert(), answer, clock.wallMillis()));
        });
  }

  private static Question question(Form form) {
    String alert = form.get("alert");
    if (alert.isEmpty()) {
      throw ApiException.badData("alert", "name an alert");
    }
    Labels.Builder labels = Labels.builder();
    for (String pair : form.all("label")) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw ApiException.badData("label", "not name=value: " + LabelNames.quote(pair));
      }
      labels.set(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return new Question(alert, labels.build());
  }

  private static String nothing(Question question, EngineView view) {
    Set<String> names = new TreeSet<>();
    for (EngineView.Group group : view.groups()) {
      group.rules().stream()
          .filter(rule -> rule.kind() == EngineView.Kind.ALERTING)
          .forEach(rule -> names.add(rule.name()));
    }
    if (names.contains(question.alert())) {
      return "no alert " + question.alert() + " has the labels " + question.labels();
    }
    String near = Suggestion.didYouMean(question.alert(), names);
    String known = names.isEmpty() ? "there are none" : "there are " + some(names);
    return "no alert rule is named "
        + LabelNames.quote(question.alert())
        + "; "
        + (near.isEmpty() ? known : near);
  }

  private static String some(Set<String> names) {
    String first = String.join(", ", names.stream().limit(10).toList());
    return names.size() > 10 ? first + " and " + (names.size() - 10) + " more" : first;
  }
}
