package dev.gatlingllm.experiment.capacity;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.capacity.LoadSearch;
import dev.gatlingllm.capacity.SearchSettings;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.decision.LimitMisses;
import dev.gatlingllm.experiment.ProviderExperiment;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.LlmProtocolBuilder;
import dev.gatlingllm.gatling.Prompts;
import dev.gatlingllm.gatling.engine.DeclaredLimits;
import dev.gatlingllm.gatling.engine.ScheduledUsers;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.size.CallSizes;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.text.Console;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ProtocolBuilder;
import io.gatling.javaapi.core.Session;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * A search for the greatest load at which every limit of {@code llm.slo} holds, by arrivals per
 * minute or by clients. The load of a probe is decided while the run goes on.
 *
 * <pre>{@code
 * var search = rateSearch(settings());
 *
 * setUp(search.inject(llm("chat"))).protocols(search.protocols());
 * }</pre>
 */
public final class CapacitySearch implements ProviderExperiment {

  private static final Duration SAMPLE = Duration.ofSeconds(10);

  /** Beyond this share of failures a load is too much, where nothing else is asked. */
  private static final double MOST_FAILURES_PERCENT = 5;

  private final LlmConfig config;
  private final SearchSettings settings;
  private final Prompts prompts;
  private final CallSizes sizes;
  private final boolean clients;
  private final SearchDriver driver;

  private CapacitySearch(LlmConfig config, boolean clients) {
    config.load().withoutProfile("a capacity search");
    config
        .load()
        .requireWhole("a capacity search", "decides by the calls so far which load comes next");
    config.record().requireFor("a capacity search");
    this.config = config;
    this.clients = clients;
    this.settings = config.section(CapacityConfig::read).settings(clients);
    this.prompts = Prompts.of(config);
    this.sizes = prompts.sizes(config);
    this.driver = driver(config, clients, SearchDriver::onOwnThread, Console.out());
  }

  static SearchDriver driver(
      LlmConfig config, boolean clients, Consumer<Runnable> everyTick, PrintStream console) {
    CapacityConfig capacity = config.section(CapacityConfig::read);
    ProbeFigures figures = new ProbeFigures(limits(config.slo()), objectives(config.slo()));
    LoadSearch search = new LoadSearch(capacity.settings(clients), figures.searched());
    DoubleSupplier gaps = config.load().arrivals().gaps(config.seed());
    return new SearchDriver(search, capacity, figures, gaps, clients, everyTick, console);
  }

  /** The greatest rate of arrivals. */
  public static CapacitySearch ofRate(LlmConfig config) {
    return Startup.orExit(() -> new CapacitySearch(config, false));
  }

  /** The greatest number of clients, each of which makes one call after another. */
  public static CapacitySearch ofClients(LlmConfig config) {
    return Startup.orExit(() -> new CapacitySearch(config, true));
  }

  private static List<Limit> limits(SloConfig slo) {
    List<Limit> limits = new ArrayList<>(DeclaredLimits.ofAllCalls(slo));
    if (limits.isEmpty()) {
      throw new ConfigurationException(
          "a capacity search needs a limit: set one under llm.slo, such as"
              + " -Dllm.slo.ttft.p95=500ms, or -Dllm.slo.failures=1");
    }
    for (Limit limit : limits) {
      if (LimitMisses.allowed(limit).isEmpty()) {
        throw new ConfigurationException(
            limit.name()
                + " cannot be searched for: it is no claim about a share of calls; accepted are"
                + " percentiles, failures above 0 and goodput below 100");
      }
    }
    if (slo.failures().isEmpty() && slo.goodput().isEmpty()) {
      limits.add(
          new Limit(
              "failures",
              List.of(),
              Limit.FAILED,
              "percent",
              Limit.Bound.AT_MOST,
              MOST_FAILURES_PERCENT));
    }
    return limits;
  }

  private static CallObjectives objectives(SloConfig slo) {
    return new CallObjectives(slo.callTtft(), slo.callTpot(), slo.callE2e());
  }

  @Override
  public List<PopulationBuilder> inject(LlmActionBuilder call) {
    ChainBuilder probed =
        group(session -> session.getString(SearchDriver.PROBE)).on(call.sizes(prompts, sizes));
    ChainBuilder load =
        clients
            ? asLongAs(session -> SearchDriver.goesOn(arrival(session))).on(probed)
            : exec(probed);
    ChainBuilder left =
        exec(
            session -> {
              SearchDriver.left(arrival(session));
              return session;
            });
    return List.of(
        ScheduledUsers.inject(
            scenario("capacity")
                .feed(users())
                .exec(doIf(session -> !arrival(session).isIdle()).then(load.exec(left))),
            driver.users(),
            driver::goesOn));
  }

  /** Unlike the iterator of a stream, it draws no user before one comes. */
  private Iterator<Map<String, Object>> users() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Map<String, Object> next() {
        return driver.feed();
      }
    };
  }

  private static Arrival arrival(Session session) {
    return (Arrival) session.get(SearchDriver.ARRIVAL);
  }

  @Override
  public LlmConfig settings() {
    return config;
  }

  @Override
  public ExpectedLoad expectedLoad() {
    return clients
        ? ExpectedLoads.clients((int) settings.from(), prompts, sizes)
        : ExpectedLoads.arrivals(
            ArrivalSchedule.constant(settings.from(), SAMPLE),
            "the first probe of a capacity search",
            prompts.requests(sizes));
  }

  @Override
  public List<ProtocolBuilder> protocols() {
    return List.of(
        LlmProtocolBuilder.ofSettings().config(config).hooks(driver).expectedLoad(expectedLoad()));
  }

  /** None: the limits are those of the search. */
  @Override
  public List<Assertion> assertions(String call) {
    return Collections.emptyList();
  }
}
