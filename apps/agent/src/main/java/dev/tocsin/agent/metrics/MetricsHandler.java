package dev.tocsin.agent.metrics;

import dev.tocsin.agent.api.Router;
import dev.tocsin.agent.api.StatusApi;
import dev.tocsin.collect.host.HostSource;
import dev.tocsin.collect.remotewrite.Unkept;
import dev.tocsin.deliver.outbox.Outbox;
import dev.tocsin.deliver.send.Sender;
import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineView;
import dev.tocsin.model.alert.AlertState;
import dev.tocsin.pipeline.accounting.Accounting;
import dev.tocsin.pipeline.intake.Intake;
import dev.tocsin.pipeline.journal.Journal;
import dev.tocsin.pipeline.ring.Ring;
import dev.tocsin.world.disk.Disk;
import dev.tocsin.world.net.HttpHandler;
import dev.tocsin.world.net.HttpReply;
import dev.tocsin.world.net.HttpRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// `/metrics`: the host series and the agent's own, made anew for each request.
public final class MetricsHandler implements HttpHandler {
  /// What is asked for figures.
  public record Subjects(
      Accounting accounting,
      Ring ring,
      Intake intake,
      Journal journal,
      Engine engine,
      Outbox outbox,
      Supplier<List<MetricFamily>> others,
      Optional<HostSource> host,
      Unkept unkept,
      List<Sender> senders,
      LongSupplier expired,
      Router router) {}

  /// Names in one request; beyond it the rest is one name, which no family has.
  private static final int NAMES_MAX = 256;

  private final Subjects subjects;
  private final ProcessMetrics process;

  public MetricsHandler(Subjects subjects, Disk disk, long startedMs) {
    this.subjects = subjects;
    this.process = new ProcessMetrics(disk, startedMs);
  }

  @Override
  public HttpReply handle(HttpRequest request) {
    Exposition format = Exposition.negotiate(request.header("Accept"));
    List<MetricFamily> all = families();
    Set<String> wanted = wanted(request.query());
    if (!wanted.isEmpty()) {
      all.removeIf(family -> !wanted.contains(family.name()));
    }
    return HttpReply.of(200, format.contentType(), format.write(all));
  }

  /// The families asked for, as the client libraries of Prometheus have it: `?name[]=up`; none:
  /// all.
  private static Set<String> wanted(String query) {
    Set<String> names = new HashSet<>();
    for (String part : query.split("&", NAMES_MAX)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      if (key.equals("name[]") || key.equalsIgnoreCase("name%5B%5D")) {
        names.add(part.substring(equals + 1));
      }
    }
    return names;
  }

  private List<MetricFamily> families() {
    List<MetricFamily> all = new ArrayList<>();
    HostFamilies host = new HostFamilies();
    subjects.host().ifPresent(source -> source.visit(host));
    all.addAll(host.families());
    all.add(
        MetricFamily.gauge("tocsin_build_info", "Which build this is.")
            .add(1, "version", StatusApi.VERSION));
    all.addAll(FlowMetrics.accounts(subjects.accounting().snapshot()));
    all.add(RemoteWriteMetrics.unkept(subjects.unkept()));
    all.addAll(FlowMetrics.ring(subjects.ring(), subjects.intake().pace().factor()));
    all.addAll(
        FlowMetrics.series(
            subjects.engine().store().stats(),
            subjects.intake().refusedSeries().standings(),
            subjects.intake().seriesFill(),
            subjects.expired().getAsLong()));
    all.addAll(FlowMetrics.store(subjects.engine().store().stats()));
    all.addAll(JournalMetrics.families(subjects.journal().stats()));
    all.addAll(rules(subjects.engine().view()));
    all.addAll(SettleMetrics.families(subjects.engine().settles()));
    all.addAll(subjects.others().get());
    all.addAll(NotifyMetrics.outbox(subjects.outbox().stats()));
    all.add(NotifyMetrics.latency(subjects.outbox().latency()));
    all.addAll(SenderMetrics.families(subjects.senders()));
    all.add(http(subjects.router().answered()));
    all.addAll(process.families());
    return all;
  }

  private static List<MetricFamily> rules(EngineView view) {
    MetricFamily evaluations =
        MetricFamily.counter("tocsin_rule_group_evaluations_total", "Slots evaluated.");
    MetricFamily missed =
        MetricFamily.counter(
            "tocsin_rule_group_missed_total", "Slots that passed without an evaluation.");
    long pending = 0;
    long firing = 0;
    long failing = 0;
    for (EngineView.Group group : view.groups()) {
      evaluations.add(group.evaluations(), "file", group.file(), "group", group.name());
      missed.add(group.missed(), "file", group.file(), "group", group.name());
      for (EngineView.Rule rule : group.rules()) {
        failing += rule.lastError().isEmpty() ? 0 : 1;
        firing += rule.alerts().stream().filter(a -> a.state() == AlertState.FIRING).count();
        pending += rule.alerts().stream().filter(a -> a.state() == AlertState.PENDING).count();
      }
    }
    MetricFamily alerts =
        MetricFamily.gauge("tocsin_alerts", "Alerts by state.")
            .add(firing, "state", "firing")
            .add(pending, "state", "pending");
    MetricFamily failed =
        MetricFamily.gauge("tocsin_rules_failing", "Rules whose last evaluation failed.")
            .add(failing);
    return List.of(evaluations, missed, alerts, failed);
  }

  private static MetricFamily http(Map<Router.Answered, Long> answered) {
    MetricFamily family = MetricFamily.counter("tocsin_http_requests_total", "Requests answered.");
    Comparator<Router.Answered> order =
        Comparator.comparing(Router.Answered::path).thenComparingInt(Router.Answered::status);
    answered.keySet().stream()
        .sorted(order)
        .forEach(
            key ->
                family.add(
                    answered.getOrDefault(key, 0L),
                    "path",
                    key.path(),
                    "code",
                    Integer.toString(key.status())));
    return family;
  }
}
