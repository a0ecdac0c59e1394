package dev.gatlingllm.simulator;

import dev.gatlingllm.timing.NanoClock;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A simulated endpoint that knows which call each request belongs to: prompts say it. */
public final class RecordingSimulator implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("id-(\\d{6})\\.");

  private final Map<Integer, List<String>> requests = new ConcurrentHashMap<>();
  private final AtomicInteger unnamed = new AtomicInteger();
  private final Simulator simulator;

  private RecordingSimulator(SimulatorSettings settings) {
    simulator = Simulator.start(settings, NanoClock.SYSTEM, this::received);
  }

  public static RecordingSimulator start(SimulatorSettings settings) {
    return new RecordingSimulator(settings);
  }

  private void received(String requestId, ByteBuf body) {
    Matcher id = ID.matcher(body.toString(StandardCharsets.UTF_8));
    if (id.find()) {
      requests
          .computeIfAbsent(Integer.valueOf(id.group(1)), ignored -> new CopyOnWriteArrayList<>())
          .add(requestId);
    } else {
      unnamed.incrementAndGet();
    }
  }

  /** The ids that the requests of this call were given, in the order in which they came. */
  public List<String> requestsOf(int call) {
    return List.copyOf(requests.getOrDefault(call, List.of()));
  }

  /** Requests that named no call. */
  public int unnamed() {
    return unnamed.get();
  }

  /** How many requests came. */
  public int received() {
    return requests.values().stream().mapToInt(List::size).sum() + unnamed();
  }

  public int port() {
    return simulator.port();
  }

  public Optional<X509Certificate> certificate() {
    return simulator.certificate();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
