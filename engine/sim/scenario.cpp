#include "scenario.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
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
         s.redundancy = static_cast<uint32_t>(number("redundancy", v, 1.0, wire::kMaxRedundancy));
       }},
      {"quantum",
       [](Scenario& s, const std::string& v) {
         s.quantum = static_cast<uint32_t>(number("quantum", v, 16.0, 2048.0));
       }},
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
    if (end == line.c_str() || packet < 0) {
      std::string problem = path;
      problem.append(":").append(std::to_string(n));
      problem.append(": expected the index of a packet but found \"").append(line).append("\"");
      throw std::runtime_error(problem);
    }
    packets.insert(packet);
  }
  return packets;
}

Impairment impairment_from(const Json& j, uint64_t seed) {
  const std::string kind = j.at("kind");
  if (kind == "delay") return constant_delay(j.at("ms"));
  if (kind == "gilbert-elliott") {
    const GilbertElliott d;
    return gilbert_elliott(
        {j.value("loss_percent", d.loss_percent), j.value("mean_burst", d.mean_burst),
         j.value("loss_in_good", d.loss_in_good), j.value("loss_in_bad", d.loss_in_bad)},
        seed);
  }
  if (kind == "gamma") {
    const GammaJitter d;
    return gamma_jitter({j.value("mean_ms", d.mean_ms), j.value("shape", d.shape),
                         j.value("correlation", d.correlation)},
                        seed);
  }
  if (kind == "wifi") {
    const WifiBursts d;
    return wifi_bursts({j.value("every_s", d.every_s), j.value("stall_ms", d.stall_ms)}, seed);
  }
  if (kind == "route") return route_change(j.at("at_s"), j.at("by_ms"));
  if (kind == "outage") return outage(j.at("at_s"), j.at("seconds"), j.value("queued", false));
  throw UsageError("\"" + kind +
                   "\" is no impairment: delay, gilbert-elliott, gamma, wifi, route, outage");
}

// Options from a file; its "network" is left for when the seed is known.
Json read_scenario(Scenario& s, const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": cannot be opened");
  try {
    Json json = Json::parse(file);
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
