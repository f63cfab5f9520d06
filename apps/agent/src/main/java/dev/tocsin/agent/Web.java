package dev.tocsin.agent;

import dev.tocsin.agent.api.CardinalityApi;
import dev.tocsin.agent.api.ExplainApi;
import dev.tocsin.agent.api.LanguageApi;
import dev.tocsin.agent.api.MetadataApi;
import dev.tocsin.agent.api.OverviewApi;
import dev.tocsin.agent.api.Queries;
import dev.tocsin.agent.api.QueryApi;
import dev.tocsin.agent.api.QueryLimits;
import dev.tocsin.agent.api.Router;
import dev.tocsin.agent.api.RulesApi;
import dev.tocsin.agent.api.SeriesApi;
import dev.tocsin.agent.api.StaticFiles;
import dev.tocsin.agent.api.StatusApi;
import dev.tocsin.agent.api.TargetsApi;
import dev.tocsin.agent.api.Turns;
import dev.tocsin.agent.config.AgentConfig;
import dev.tocsin.agent.explain.Explainer;
import dev.tocsin.agent.health.Dependency;
import dev.tocsin.agent.health.Health;
import dev.tocsin.agent.metrics.FlowMetrics;
import dev.tocsin.agent.metrics.MetricFamily;
import dev.tocsin.agent.metrics.MetricsHandler;
import dev.tocsin.agent.metrics.ReloadMetrics;
import dev.tocsin.deliver.latency.LatencyRecorder;
import dev.tocsin.deliver.outbox.DeliveryRecord;
import dev.tocsin.engine.Engine;
import dev.tocsin.engine.EngineView;
import dev.tocsin.engine.SeriesSearch;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.model.text.PromDuration;
import dev.tocsin.pipeline.accounting.Accounts;
import dev.tocsin.promql.eval.EvalOptions;
import dev.tocsin.promql.feature.Features;
import dev.tocsin.world.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// What the agent answers: every path and who is behind it.
final class Web {
  private static final String HTML = "text/html; charset=utf-8";

  private Web() {}

  static Router of(Agent agent, Receivers receivers, Runnable quit) {
    Parts parts = agent.parts();
    Router router = new Router();
    page(router);
    Health health = Dependencies.of(agent);
    router.add("GET", "/healthz", _ -> health.ready());
    router.add("GET", "/-/ready", _ -> health.ready());
    router.add("GET", "/-/healthy", _ -> health.alive());

    Lifecycle.add(router, agent.options().lifecycle(), agent.reloads(), quit);

    data(router, agent);
    RulesApi rules = new RulesApi(parts.engine()::view);
    router.add("GET", "/api/v1/rules", rules::rules);
    router.add("GET", "/api/v1/alerts", rules::alerts);
    TargetsApi targets = new TargetsApi(() -> Sources.targets(agent));
    router.add("GET", "/api/v1/targets", targets::targets);
    receivers.addTo(router);

    OverviewApi overview = new OverviewApi(figures(agent, health));
    router.add("GET", "/api/tocsin/v1/overview", overview::overview);
    MetricsHandler.Subjects subjects =
        new MetricsHandler.Subjects(
            parts.accounting(),
            parts.ring(),
            parts.intake(),
            parts.journal(),
            parts.engine(),
            parts.outbox(),
            () -> ofAgent(agent),
            parts.host(),
            receivers.remoteWrite().unkept(),
            parts.senders(),
            parts.expirations()::expired,
            router);
    return router.add(
        "GET", "/metrics", new MetricsHandler(subjects, agent.world().disk(), agent.startedMs()));
  }

  private static void data(Router router, Agent agent) {
    Engine engine = agent.parts().engine();
    Clock clock = agent.world().clock();
    QueryLimits limits = QueryLimits.ofHeap(Runtime.getRuntime().maxMemory());
    Turns turns =
        new Turns(
            agent.world().scheduler().background("query", Turns.AT_ONCE_MAX),
            clock,
            new HeapGuard(clock));
    Queries queries = new Queries(agent.options().features());
    QueryApi query =
        new QueryApi(
            queries,
            cancelled -> engine.source(Tenant.DEFAULT, limits.samplesMax(), cancelled),
            clock,
            agent.loaded().config().global().evaluationIntervalMs(),
            limits,
            turns);
    router.add("GET POST", "/api/v1/query", query::query);
    router.add("GET POST", "/api/v1/query_range", query::queryRange);
    LanguageApi language = new LanguageApi(queries, limits, turns);
    router.add("GET POST", "/api/v1/format_query", language::format);
    router.add("GET POST", "/api/v1/parse_query", language::parse);
    router.add("GET POST", "/api/v1/query_exemplars", language::exemplars);
    Function<BooleanSupplier, SeriesSearch> searches =
        cancelled -> engine.search(Tenant.DEFAULT, cancelled);
    SeriesApi series = new SeriesApi(searches, limits, turns);
    router.add("GET POST", "/api/v1/series", series::series);
    router.add("GET POST", "/api/v1/labels", series::labels);
    router.addNamed("GET", SeriesApi.VALUES_PREFIX, SeriesApi.VALUES_SUFFIX, series::values);
    MetadataApi metadata =
        new MetadataApi(visitor -> agent.parts().host().ifPresent(source -> source.visit(visitor)));
    router.add("GET", "/api/v1/metadata", metadata::metadata);
    router.add("GET", "/api/v1/status/tsdb", new CardinalityApi(searches, turns)::status);
    router.add("GET", "/api/tocsin/v1/explain", explain(agent, limits, turns)::explain);
    status(router, agent, limits);
  }

  private static ExplainApi explain(Agent agent, QueryLimits limits, Turns turns) {
    Engine engine = agent.parts().engine();
    Features features = agent.options().features();
    AgentConfig config = agent.loaded().config();
    EvalOptions how =
        features
            .applied(EvalOptions.DEFAULT)
            .withSamplesMax(Math.min(Integer.MAX_VALUE, limits.samplesMax()))
            .withDefaultStepMs(Math.max(1, config.global().evaluationIntervalMs()));
    Explainer explainer =
        new Explainer(
            cancelled -> engine.source(Tenant.DEFAULT, limits.samplesMax(), cancelled),
            features,
            how,
            agent.loaded().ruleSet("").settings().mode());
    return new ExplainApi(
        explainer,
        engine::view,
        agent.parts().engineWorker().decisions(),
        agent.parts().outbox()::records,
        agent.world().clock(),
        turns);
  }

  private static void status(Router router, Agent agent, QueryLimits limits) {
    Runtime runtime = Runtime.getRuntime();
    StatusApi status =
        new StatusApi(
            () ->
                new StatusApi.ProcessFacts(
                    agent.startedMs(),
                    agent.world().clock().wallMillis(),
                    agent.options().data().toString(),
                    agent.world().host().name(),
                    agent.reloads().status().successful(),
                    agent.reloads().status().successAtMs(),
                    runtime.availableProcessors(),
                    runtime.maxMemory()),
            Map.of(
                "enable-feature",
                String.join(",", agent.options().features().words()),
                "query.lookback-delta",
                PromDuration.format(EvalOptions.DEFAULT.lookbackMs()),
                "query.max-concurrency",
                Integer.toString(Turns.AT_ONCE_MAX),
                "query.max-samples",
                Long.toString(limits.samplesMax()),
                "query.timeout",
                PromDuration.format(Turns.TIMEOUT_NANOS / 1_000_000)));
    router.add("GET", "/api/v1/status/buildinfo", status::buildInfo);
    router.add("GET", "/api/v1/status/runtimeinfo", status::runtimeInfo);
    router.add("GET", "/api/v1/status/flags", status::flags);
  }

  private static List<MetricFamily> ofAgent(Agent agent) {
    TurnTimes turns = agent.parts().engineWorker().turns();
    List<MetricFamily> all = new ArrayList<>(reloads(agent));
    all.addAll(FlowMetrics.engine(turns.turns(), turns.busyNanos(), turns.longestNanos()));
    return all;
  }

  private static List<MetricFamily> reloads(Agent agent) {
    Reloads.Status status = agent.reloads().status();
    MetricFamily up =
        MetricFamily.gauge(
            "tocsin_rule_source_up", "Whether a rule source answered with good rules last.");
    for (RuleSources.Standing one : agent.parts().ruleSources().standings()) {
      up.add(one.problem().isEmpty() ? 1L : 0L, "source", one.source());
    }
    List<MetricFamily> all = new ArrayList<>();
    all.add(up);
    all.addAll(
        ReloadMetrics.families(
            status.successful(), status.successAtMs(), status.tookNanos(), status.engineNanos()));
    return all;
  }

  private static void page(Router router) {
    for (String path : List.of("/", "/graph")) {
      router.add("GET", path, StaticFiles.file("index.html", HTML));
    }
    router.add("GET", "/page.css", StaticFiles.file("page.css", "text/css; charset=utf-8"));
    router.add("GET", "/page.js", StaticFiles.file("page.js", "text/javascript; charset=utf-8"));
  }

  private static OverviewApi.Figures figures(Agent agent, Health health) {
    Parts parts = agent.parts();
    return new OverviewApi.Figures() {
      @Override
      public long nowMs() {
        return agent.world().clock().wallMillis();
      }

      @Override
      public long startedMs() {
        return agent.startedMs();
      }

      @Override
      public String hostName() {
        return agent.world().host().name();
      }

      @Override
      public int series() {
        return parts.engine().store().seriesCount();
      }

      @Override
      public Accounts accounts() {
        return parts.accounting().snapshot();
      }

      @Override
      public double ringFill() {
        return parts.ring().fill();
      }

      @Override
      public List<Dependency> dependencies() {
        return health.now();
      }

      @Override
      public LatencyRecorder latency() {
        return parts.outbox().latency();
      }

      @Override
      public List<DeliveryRecord> deliveries() {
        return parts.outbox().records();
      }

      @Override
      public EngineView engine() {
        return parts.engine().view();
      }
    };
  }
}
