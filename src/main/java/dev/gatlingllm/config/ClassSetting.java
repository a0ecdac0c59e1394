package dev.gatlingllm.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** Makes an object of a class that a setting names. */
public final class ClassSetting {

  /** Before the name of a class, where other values are accepted, too. */
  public static final String PREFIX = "class:";

  private ClassSetting() {}

  /**
   * An object of the class, made by its public constructor that takes the settings, or else by the
   * one without parameters.
   *
   * @param key the setting, for messages
   * @param type what the class must be
   * @throws ConfigurationException if there is no such class, it is something else, or it cannot be
   *     made
   */
  public static <T> T make(String key, String name, Class<T> type, LlmConfig config) {
    Class<? extends T> found = find(key, name, type);
    try {
      for (Constructor<?> constructor : found.getConstructors()) {
        if (constructor.getParameterCount() == 1
            && constructor.getParameterTypes()[0] == LlmConfig.class) {
          return type.cast(constructor.newInstance(config));
        }
      }
      return found.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw new ConfigurationException(
          key + " = " + name + " cannot be made: its constructor threw " + e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new ConfigurationException(
          key
              + " = "
              + name
              + " cannot be made: it must be a public class with a public constructor without"
              + " parameters, or with one of type LlmConfig");
    }
  }

  private static <T> Class<? extends T> find(String key, String name, Class<T> type) {
    Class<?> found;
    try {
      found = Class.forName(name);
    } catch (ClassNotFoundException | LinkageError e) {
      throw ConfigurationException.of(key, '"' + name + '"', "a class on the class path");
    }
    if (!type.isAssignableFrom(found)) {
      throw ConfigurationException.of(
          key, '"' + name + '"', "a class that implements " + type.getName());
    }
    return found.asSubclass(type);
  }
}
