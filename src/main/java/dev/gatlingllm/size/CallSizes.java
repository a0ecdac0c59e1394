package dev.gatlingllm.size;

import dev.gatlingllm.input.InputException;
import dev.gatlingllm.text.Figures;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The size of each call of a load: drawn by a seed and the number of the call, so that neither
 * threads nor time change it. Immutable.
 *
 * @param parts shapes that the calls are divided over by weight, at least one, no two of a name
 * @param prefix what calls begin with
 * @param seed decides every draw
 */
public record CallSizes(List<Part> parts, SharedPrefix prefix, long seed) {

  /** Odd, and not the step of SplittableRandom: one call's numbers are none of the next one's. */
  private static final long SPREAD = 0xD1B54A32D192ED03L;

  private static final long SALT = 0x73697A6573L;

  /**
   * A shape of the mix.
   *
   * @param name its row in reports
   * @param weight its part of the calls, above 0
   * @param source its sizes
   */
  public record Part(String name, double weight, SizeSource source) {}

  /** Copies the list; rejects none, and two shapes of one name. */
  public CallSizes {
    parts = List.copyOf(parts);
    Set<String> names = new HashSet<>();
    for (Part part : parts) {
      if (!names.add(part.name())) {
        throw new InputException("two shapes are called " + part.name() + ": give one a name");
      }
    }
    if (parts.isEmpty()) {
      throw new InputException("there must be a shape");
    }
  }

  /** Calls that begin with their own prompts. */
  public CallSizes(List<Part> parts, long seed) {
    this(parts, SharedPrefix.NONE, seed);
  }

  /** The same shapes, drawn by another seed. */
  public CallSizes withSeed(long newSeed) {
    return new CallSizes(parts, prefix, newSeed);
  }

  /** Whether calls are of several shapes. */
  public boolean isMix() {
    return parts.size() > 1;
  }

  /** Whether the sizes of two calls may differ. */
  public boolean differ() {
    return isMix() || !parts.get(0).source().constant();
  }

  /** The size of a call, by its number from 0. */
  public CallSize of(long call) {
    SplittableRandom random = new SplittableRandom(seed ^ SALT ^ call * SPREAD);
    Part part = part(random.nextDouble());
    return part.source()
        .draw()
        .of(part.name(), random.nextDouble(), random.nextDouble())
        .after(prefix.draw(random));
  }

  private Part part(double share) {
    double left = share * weight();
    for (Part part : parts) {
      left -= part.weight();
      if (left < 0) {
        return part;
      }
    }
    return parts.get(parts.size() - 1);
  }

  private double weight() {
    return parts.stream().mapToDouble(Part::weight).sum();
  }

  /** For readers: {@code 500/500 tokens}, or each shape with its part of the calls. */
  public String words() {
    String sizes =
        isMix()
            ? parts.stream().map(this::words).collect(Collectors.joining(", "))
            : parts.get(0).source().words();
    return sizes + prefix.words();
  }

  private String words(Part part) {
    return Figures.number(100 * part.weight() / weight())
        + " % "
        + part.name()
        + " ("
        + part.source().words()
        + ")";
  }
}
