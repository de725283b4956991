#include "scenario.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "wire/redundancy.h"

namespace tutti::sim {
namespace {

using Json = nlohmann::json;

double number(const std::string& option, const std::string& text, double low, double high) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !(value >= low && value <= high)) {
    throw UsageError("--" + option + " wants a number from " + Json(low).dump() + " to " +
                     Json(high).dump() + ", not \"" + text + '"');
  }
  return value;
}

uint32_t whole(const std::string& option, const std::string& text, double low, double high) {
  const double value = number(option, text, low, high);
  if (value != std::floor(value)) {
    throw UsageError("--" + option + " wants a whole number, not \"" + text + '"');
  }
  return static_cast<uint32_t>(value);
}

void set_delay(Scenario& s, const std::string& text) {
  if (text == "auto") {
    s.delay_mode = playout::DelayMode::kAuto;
  } else if (text.rfind("fixed:", 0) == 0) {
    s.delay_mode = playout::DelayMode::kFixed;
    s.delay_ms = number("delay fixed:MS", text.substr(6), 0.0, playout::DelayTarget::kMaxDelayMs);
  } else {
    throw UsageError("--delay wants auto or fixed:MS, not \"" + text + '"');
  }
}

void set_conceal(Scenario& s, const std::string& text) {
  const std::map<std::string, playout::Concealment> kinds{
      {"ar", playout::Concealment::kAutoregressive},
      {"repeat", playout::Concealment::kRepeat},
      {"zero", playout::Concealment::kSilence}};
  const auto kind = kinds.find(text);
  if (kind == kinds.end()) {
    throw UsageError("--conceal wants ar, repeat or zero, not \"" + text + '"');
  }
  s.conceal = kind->second;
}

void set_codec(Scenario& s, const std::string& text) {
  if (text == "pcm16") {
    s.bits = 16;
  } else if (text == "pcm24") {
    s.bits = 24;
  } else {
    throw UsageError("--codec wants pcm16 or pcm24, not \"" + text +
                     "\": this engine has no other codec yet");
  }
}

using Setter = std::function<void(Scenario&, const std::string&)>;

const std::map<std::string, Setter>& setters() {
  static const std::map<std::string, Setter> kAll{
      {"input", [](Scenario& s, const std::string& v) { s.input = v; }},
      {"output", [](Scenario& s, const std::string& v) { s.output = v; }},
      {"report", [](Scenario& s, const std::string& v) { s.report = v; }},
      {"packets", [](Scenario& s, const std::string& v) { s.packets = v; }},
      {"trace", [](Scenario& s, const std::string& v) { s.trace = v; }},
      {"loss", [](Scenario& s, const std::string& v) { s.loss = v; }},
      {"delay", set_delay},
      {"conceal", set_conceal},
      {"codec", set_codec},
      {"budget", [](Scenario& s,
                    const std::string& v) { s.budget_percent = number("budget", v, 0.1, 10.0); }},
      {"drift-ppm",
       [](Scenario& s, const std::string& v) { s.drift_ppm = number("drift-ppm", v, -1e4, 1e4); }},
      {"redundancy",
       [](Scenario& s, const std::string& v) {
         s.redundancy = whole("redundancy", v, 1.0, wire::kMaxRedundancy);
       }},
      {"quantum",
       [](Scenario& s, const std::string& v) { s.quantum = whole("quantum", v, 16.0, 2048.0); }},
      {"seed",
       [](Scenario& s, const std::string& v) {
         s.seed = static_cast<uint64_t>(number("seed", v, 0.0, 1e15));
       }},
  };
  return kAll;
}

void set(Scenario& s, const std::string& option, const std::string& value) {
  const auto setter = setters().find(option);
  if (setter == setters().end()) throw UsageError("there is no option --" + option);
  setter->second(s, value);
}

std::set<int64_t> read_losses(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": cannot be opened");
  std::set<int64_t> packets;
  std::string line;
  for (int n = 1; std::getline(file, line); ++n) {
    if (line.empty() || line[0] == '#') continue;
    char* end = nullptr;
    const int64_t packet = std::strtoll(line.c_str(), &end, 10);
    const std::string rest(end);
    if (end == line.c_str() || packet < 0 || rest.find_first_not_of(" \t\r") != std::string::npos) {
      std::string problem = path;
      problem.append(":").append(std::to_string(n));
      problem.append(": expected the index of a packet but found \"").append(line).append("\"");
      throw std::runtime_error(problem);
    }
    packets.insert(packet);
  }
  return packets;
}

// The fields of an impairment: each in its range, or what it is when nothing is said.
class Fields {
 public:
  explicit Fields(const Json& json) : json_(json) {}
  double number(const char* name, double fallback, double low, double high) {
    known_.insert(name);
    const bool said = json_.contains(name) || std::isnan(fallback);
    const double value = said ? json_.at(name).get<double>() : fallback;
    if (!(value >= low && value <= high)) {
      throw UsageError(std::string("network: ") + name + " is from " + Json(low).dump() + " to " +
                       Json(high).dump() + ", not " + json_.value(name, Json()).dump());
    }
    return value;
  }
  bool flag(const char* name) {
    known_.insert(name);
    return json_.value(name, false);
  }
  void no_others() const {
    for (const auto& [name, value] : json_.items()) {
      if (name != "kind" && known_.count(name) == 0) {
        throw UsageError("network: " + json_.at("kind").get<std::string>() + " has no " + name);
      }
    }
  }

 private:
  const Json& json_;
  std::set<std::string> known_;
};

constexpr double kDay = 86400.0;
constexpr double kMustBeSaid = std::numeric_limits<double>::quiet_NaN();

Impairment impairment_of(const std::string& kind, Fields& fields, uint64_t seed) {
  if (kind == "delay") return constant_delay(fields.number("ms", kMustBeSaid, 0.0, 1e6));
  if (kind == "gilbert-elliott") {
    GilbertElliott p;
    p.loss_percent = fields.number("loss_percent", p.loss_percent, 0.0, 99.0);
    p.mean_burst = fields.number("mean_burst", p.mean_burst, 1.0, 1e6);
    p.loss_in_good = fields.number("loss_in_good", p.loss_in_good, 0.0, 1.0);
    p.loss_in_bad = fields.number("loss_in_bad", p.loss_in_bad, 0.0, 1.0);
    return gilbert_elliott(p, seed);
  }
  if (kind == "gamma") {
    GammaJitter p;
    p.mean_ms = fields.number("mean_ms", p.mean_ms, 0.0, 1e4);
    p.shape = fields.number("shape", p.shape, 0.01, 1e4);
    p.correlation = fields.number("correlation", p.correlation, 0.0, 0.9999);
    return gamma_jitter(p, seed);
  }
  if (kind == "wifi") {
    WifiBursts p;
    p.every_s = fields.number("every_s", p.every_s, 0.001, kDay);
    p.stall_ms = fields.number("stall_ms", p.stall_ms, 0.0, 1e6);
    return wifi_bursts(p, seed);
  }
  if (kind == "route") {
    const double at_s = fields.number("at_s", kMustBeSaid, 0.0, kDay);
    return route_change(at_s, fields.number("by_ms", kMustBeSaid, -1e6, 1e6));
  }
  if (kind == "outage") {
    const double at_s = fields.number("at_s", kMustBeSaid, 0.0, kDay);
    const double seconds = fields.number("seconds", kMustBeSaid, 0.0, kDay);
    return outage(at_s, seconds, fields.flag("queued"));
  }
  throw UsageError("\"" + kind +
                   "\" is no impairment: delay, gilbert-elliott, gamma, wifi, route, outage");
}

Impairment impairment_from(const Json& json, uint64_t seed) {
  Fields fields(json);
  Impairment impairment = impairment_of(json.at("kind").get<std::string>(), fields, seed);
  fields.no_others();
  return impairment;
}

// Options from a file; its "network" is left for when the seed is known.
Json read_scenario(Scenario& s, const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": cannot be opened");
  try {
    Json json = Json::parse(file);
    if (!json.is_object()) throw UsageError(path + ": must be an object, {\"input\": ...}");
    Json network = Json::array();
    for (const auto& [key, value] : json.items()) {
      if (key == "network") {
        network = value;
      } else {
        set(s, key, value.is_string() ? value.get<std::string>() : value.dump());
      }
    }
    return network;
  } catch (const Json::exception& e) {
    throw UsageError(path + ": " + e.what());
  }
}

// Ten ms where nothing else is said: packets do not arrive before they were sent.
constexpr double kPlainDelayMs = 10.0;

void build_network(Scenario& s, const Json& impairments) {
  if (!s.trace.empty()) s.network.add(recorded(Trace::read(s.trace)));
  if (!s.loss.empty()) s.network.add(listed_losses(read_losses(s.loss)));
  if (s.trace.empty()) s.network.add(constant_delay(impairments.empty() ? kPlainDelayMs : 0.0));
  uint64_t seed = s.seed * 1000;
  try {
    for (const Json& j : impairments) s.network.add(impairment_from(j, ++seed));
  } catch (const Json::exception& e) {
    throw UsageError(std::string("network: ") + e.what());
  }
}

}  // namespace

Scenario scenario_from(int argc, const char* const* argv) {
  Scenario s;
  Json impairments = Json::array();
  std::map<std::string, std::string> given;
  for (int i = 1; i < argc; i += 2) {
    const std::string option = argv[i];
    if (option.rfind("--", 0) != 0) throw UsageError("\"" + option + "\" is no option");
    if (i + 1 >= argc) throw UsageError(option + " wants a value");
    given[option.substr(2)] = argv[i + 1];
  }
  // The command line has the last word.
  if (const auto file = given.find("scenario"); file != given.end()) {
    impairments = read_scenario(s, file->second);
    given.erase(file);
  }
  for (const auto& [option, value] : given) set(s, option, value);
  if (s.input.empty()) throw UsageError("--input IN.wav is missing");
  build_network(s, impairments);
  return s;
}

std::string usage() {
  return "tutti-sim --input IN.wav [--output OUT.wav] [--report R.json] [--packets P.csv]\n"
         "          [--trace T.csv | --loss LOST.txt | --scenario S.json]\n"
         "          [--delay auto|fixed:MS] [--budget PERCENT] [--conceal ar|repeat|zero]\n"
         "          [--drift-ppm X] [--codec pcm16|pcm24] [--redundancy N] [--quantum FRAMES]\n"
         "          [--seed N]\n"
         "What each means: README.md, \"Measure\"; scenario files: engine/sim/scenario.h.\n";
}

}  // namespace tutti::sim
