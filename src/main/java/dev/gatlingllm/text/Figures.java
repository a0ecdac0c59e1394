package dev.gatlingllm.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers as text, the same in every locale. */
public final class Figures {

  /** What stands where nothing was measured, or where a percentile is withheld. */
  public static final String DASH = "–";

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int MACHINE_DECIMALS = 3;

  private Figures() {}

  /** For readers: three significant digits or more unless it is whole, thousands separated. */
  public static String number(double value) {
    double size = Math.abs(value);
    int decimals =
        value == Math.rint(value) || size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    return fill("%,." + decimals + "f", value);
  }

  /** For readers: as {@link #number(double)}, or a dash. */
  public static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : DASH;
  }

  /** For readers: with one decimal, two below ten, or a dash; never 100 unless it is. */
  public static String percent(OptionalDouble value) {
    if (value.isEmpty()) {
      return DASH;
    }
    double percent = value.getAsDouble();
    if (percent == 0 || percent == 100) {
      return fill("%.0f", percent);
    }
    if (percent < 0.01) {
      return "<0.01";
    }
    return percent > 99.9 ? ">99.9" : fill(percent < 10 ? "%.2f" : "%.1f", percent);
  }

  /** For readers: as {@link #percent} with its sign, or a dash alone. */
  public static String signedPercent(OptionalDouble value) {
    return value.isPresent() ? percent(value) + " %" : DASH;
  }

  /** For readers: thousands separated. */
  public static String count(long value) {
    return fill("%,d", value);
  }

  /** For readers: as {@link #count(long)}, or a dash. */
  public static String count(OptionalLong value) {
    return value.isPresent() ? count(value.getAsLong()) : DASH;
  }

  /** For machines: three decimals at most, no exponent. */
  public static String plain(double value) {
    return BigDecimal.valueOf(value)
        .setScale(MACHINE_DECIMALS, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** For machines: as {@link #plain(double)}, or nothing. */
  public static String plain(OptionalDouble value) {
    return value.isPresent() ? plain(value.getAsDouble()) : "";
  }

  /** For machines: rounded to three decimals. */
  public static BigDecimal rounded(double value) {
    return new BigDecimal(plain(value));
  }

  /** For machines: the same amount without zeros at its end, and without an exponent. */
  public static BigDecimal shortest(BigDecimal amount) {
    BigDecimal shortest = amount.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  /** An amount of money that was a number: its shortest decimal, twelve digits at most. */
  public static Optional<BigDecimal> exact(OptionalDouble amount) {
    return amount.isPresent()
        ? Optional.of(BigDecimal.valueOf(amount.getAsDouble()).round(new MathContext(12)))
        : Optional.empty();
  }

  /** For readers: an amount of money, two decimals or four significant digits. */
  public static String amount(BigDecimal amount) {
    if (amount.signum() == 0 || amount.abs().compareTo(BigDecimal.TEN) >= 0) {
      return fill("%,.2f", amount);
    }
    BigDecimal rounded = amount.round(new MathContext(4));
    return rounded.setScale(Math.max(2, rounded.stripTrailingZeros().scale())).toPlainString();
  }

  /** Such as {@code 1 h 02 min 03 s}. */
  public static String duration(double seconds) {
    if (seconds < 60) {
      return number(seconds) + " s";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? fill("%d min %02d s", whole / 60, whole % 60)
        : fill("%d h %02d min %02d s", whole / 3600, whole / 60 % 60, whole % 60);
  }

  /** Such as {@code 2026-01-31 12:00:00 UTC}. */
  public static String instant(Instant instant) {
    return UTC.format(instant);
  }

  /** {@code String.format} in no locale. */
  public static String fill(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
