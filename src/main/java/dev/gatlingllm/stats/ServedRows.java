package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of calls by what served them. Calls of one key that asked for one name are one row as
 * long as one model and one tier served them; where there were several, each is a row of its own,
 * with the label {@code servedModel} or {@code servedTier}.
 *
 * <ul>
 *   <li>The dated name of the model that was asked is no other model ({@link ModelName#same}),
 *       unless the answers name two dates.
 *   <li>A deployment is called as its owner likes: the one model behind it splits and renames
 *       nothing. Without a deployment, and behind a router, a single other model names the row.
 *   <li>The ordinary tier, under any of its names, splits nothing by itself.
 *   <li>A call whose response says nothing, such as one that was refused, is in the only row there
 *       is, else in one without these labels.
 * </ul>
 *
 * <p>What is known at the end decides, so each combination has a value of its own until then.
 * Confined to one thread.
 *
 * @param <T> what is made of the calls that were served alike
 */
public final class ServedRows<T> {

  /** The label for the model that served a call. */
  public static final String MODEL = "servedModel";

  /** The label for the tier that served a call. */
  public static final String TIER = "servedTier";

  private final Map<Part, T> parts = new LinkedHashMap<>();

  /** What a call says of its row: calls with the same words are in the same one. */
  public record Words(
      List<String> groups,
      String name,
      Map<String, String> labels,
      String provider,
      String model,
      String servedModel,
      String tier,
      String latencyMode,
      String deployment,
      String spilledFrom) {

    /** The words of a call. */
    public static Words of(CallRecord call) {
      CallRecord.Served by = call.served();
      return new Words(
          call.groups(),
          call.name(),
          call.labels(),
          call.provider(),
          call.model(),
          by.model(),
          by.tier(),
          by.latencyMode(),
          by.deployment(),
          by.spilledFrom());
    }
  }

  /** Calls of one key that asked for one name. */
  private record Asked(CallKey key, String provider, String model) {}

  /** Those of them that were served alike. */
  private record Part(Asked asked, ServedAs as) {}

  /**
   * The value of the calls that were served as this one.
   *
   * @param first makes it of their key, if it is the first of them
   */
  public T of(CallRecord call, Function<CallKey, T> first) {
    CallKey key = CallKey.of(call);
    Asked asked = new Asked(key, call.provider(), call.model());
    return parts.computeIfAbsent(new Part(asked, ServedAs.of(call)), any -> first.apply(key));
  }

  /** All values, in order of first appearance. */
  public Collection<T> all() {
    return parts.values();
  }

  /** The values of each row, in order of first appearance. */
  public Map<CallKey, List<T>> rows() {
    Map<Asked, List<ServedAs>> served =
        parts.keySet().stream()
            .collect(
                Collectors.groupingBy(
                    Part::asked, Collectors.mapping(Part::as, Collectors.toList())));
    Map<CallKey, List<T>> rows = new LinkedHashMap<>();
    parts.forEach(
        (part, value) ->
            rows.computeIfAbsent(row(part, served.get(part.asked())), any -> new ArrayList<>())
                .add(value));
    return rows;
  }

  private static CallKey row(Part part, List<ServedAs> all) {
    List<Map<String, String>> labels =
        all.stream().filter(ServedAs::known).map(as -> labels(part.asked(), as, all)).toList();
    Map<String, String> own =
        part.as().known()
            ? labels(part.asked(), part.as(), all)
            : Set.copyOf(labels).size() == 1 ? labels.get(0) : Map.of();
    CallKey key = part.asked().key();
    Map<String, String> together = new HashMap<>(key.labels());
    together.putAll(own);
    return new CallKey(key.groups(), key.name(), together);
  }

  private static Map<String, String> labels(Asked asked, ServedAs as, List<ServedAs> all) {
    Map<String, String> labels = new HashMap<>();
    Set<String> names =
        all.stream()
            .map(ServedAs::model)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> models =
        names.stream().map(name -> model(asked.model(), name, names)).collect(Collectors.toSet());
    boolean renamed =
        !models.contains(asked.model())
            && !asked.model().isEmpty()
            && (ModelName.chooses(asked.model()) || all.stream().noneMatch(ServedAs::deployment));
    if (!as.model().isEmpty() && (models.size() > 1 || renamed)) {
      labels.put(MODEL, model(asked.model(), as.model(), names));
    }
    if (all.stream().filter(ServedAs::known).map(ServedAs::tier).distinct().count() > 1) {
      labels.put(TIER, as.tier());
    }
    return labels;
  }

  /** The name that was asked, if the answer's is that with a date, and the only such date. */
  private static String model(String asked, String name, Set<String> names) {
    long dates =
        names.stream()
            .filter(other -> !other.equalsIgnoreCase(asked) && ModelName.same(asked, other))
            .count();
    boolean itself = name.equalsIgnoreCase(asked);
    return itself || (dates == 1 && ModelName.same(asked, name)) ? asked : name;
  }
}
