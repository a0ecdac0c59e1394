package dev.gatlingllm.experiment.payload;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.foreach;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.experiment.ProviderExperiment;
import dev.gatlingllm.experiment.SharedQueue;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.OwnShare;
import dev.gatlingllm.input.InputPath;
import dev.gatlingllm.input.Payload;
import dev.gatlingllm.input.PayloadFiles;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.text.Console;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The request bodies of {@code llm.payloads}, each as often as asked: by all clients together, or
 * by every client in an order of its own.
 */
public final class Payloads implements ProviderExperiment {

  /** Session attribute: the payload that is to be sent next. */
  public static final String ATTRIBUTE = "llm.payload";

  private static final String CLIENT = "llm.client";

  private final LlmConfig settings;
  private final PayloadsConfig config;
  private final PayloadOrder order;
  private final List<Payload> payloads;

  private Payloads(
      LlmConfig settings, PayloadsConfig config, PayloadOrder order, List<Payload> payloads) {
    this.settings = settings;
    this.config = config;
    this.order = order;
    this.payloads = payloads;
  }

  /**
   * The payloads of these settings.
   *
   * @throws ConfigurationException naming the file, line and field that cannot be used
   */
  public static Payloads of(LlmConfig config) {
    return Startup.orExit(() -> ConfigurationException.in("llm.payloads: ", () -> read(config)));
  }

  private static Payloads read(LlmConfig config) {
    PayloadsConfig asked = config.section(PayloadsConfig::read);
    List<Payload> payloads = PayloadFiles.read(InputPath.of(asked.path()));
    Payload.notes(payloads)
        .forEach(note -> Console.out().println("[llm] " + asked.path() + ": " + note));
    return new Payloads(
        config, asked, new PayloadOrder(asked.passes(), asked.shuffled(), config.seed()), payloads);
  }

  /** Clients that make this call with one payload after another; the call gets the request. */
  @Override
  public List<PopulationBuilder> inject(LlmActionBuilder call) {
    LlmActionBuilder sent = call.request(Payloads::request);
    return List.of(
        OwnShare.atOnce("Payloads", clients(), config.perClient() ? byEach(sent) : byAll(sent)));
  }

  private OwnShare share() {
    return OwnShare.of(settings.load());
  }

  private int clients() {
    return share().clients("llm.payloads.clients", config.clients());
  }

  private ChainBuilder byAll(LlmActionBuilder call) {
    List<Payload> own = share().items("llm.payloads", "payloads", order.shared(payloads));
    return new SharedQueue<>(ATTRIBUTE, own).each(call, Duration.ZERO);
  }

  private ChainBuilder byEach(LlmActionBuilder call) {
    AtomicInteger next = new AtomicInteger();
    return exec(session -> session.set(CLIENT, (int) share().number(next.getAndIncrement())))
        .exec(
            foreach(
                    session ->
                        List.<Object>copyOf(order.ofClient(session.getInt(CLIENT), payloads)),
                    ATTRIBUTE)
                .on(call));
  }

  /**
   * The payloads for {@code .feed(…)}, round again without end; the session then holds what {@link
   * #request} gives.
   */
  public Iterator<Map<String, Object>> feeder() {
    return share()
        .rows(
            Stream.generate(() -> order.shared(payloads))
                .flatMap(List::stream)
                .map(payload -> Map.<String, Object>of(ATTRIBUTE, payload))
                .iterator());
  }

  /** The request of the payload that this session holds. */
  public static LlmRequest request(Session session) {
    Payload payload = session.get(ATTRIBUTE);
    return payload.request();
  }

  @Override
  public LlmConfig settings() {
    return settings;
  }

  @Override
  public ExpectedLoad expectedLoad() {
    AtomicInteger next = new AtomicInteger();
    Supplier<LlmRequest> requests =
        () -> payloads.get(Math.floorMod(next.getAndIncrement(), payloads.size())).request();
    return ExpectedLoads.clients(clients(), payloads.size() + " payloads", requests)
        .withFiles(payloads);
  }
}
