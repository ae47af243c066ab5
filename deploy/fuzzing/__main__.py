"""python3 -m fuzzing PROGRAMS RECIPES SCHEMATHESIS COUNT: in namespaces of its own."""
import re, subprocess, sys

from benchmark.host import FOLDER, Failed, settle_in
from benchmark.listening import ADDRESS, Listening

# Exec and console are WebSockets, which no OpenAPI tool asks, and changes have no end; the tests do.
LEFT_OUT = "/(exec|console|changes)$"
# Whoever logs out with the only token that he has is asked nothing more.
OPERATION_LEFT_OUT = "endSession"
# Each test case is at least one request; what they are made of is another each time.
EXAMPLES = 150
# A cursor is what the API gave: nobody can make one. And an ETag that is none of what is there is a good one, and answered with 412.
CONFIGURATION = """
parameters = {"query.cursor" = ""}
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "401", "403", "404", "409", "412", "422", "429", "5xx"]
"""


class Asked(Listening):
    """Whoever is nobody is told so, and not to come again later."""
    rates = "requestsPerSecond: 1000000, strangersPerSecond: 1000000"


def ask(program, token, seed):
    """How many requests were made, and what was wrong with the answers: schemathesis's own words, or nothing."""
    done = subprocess.run(
        [program, "run", f"https://{ADDRESS}/v1/openapi.json", "--tls-verify", f"{FOLDER}/tls.crt", "-H", f"Authorization: Bearer {token}", "--checks", "all", "--seed", str(seed),
         "-n", str(EXAMPLES), "--exclude-path-regex", LEFT_OUT, "--exclude-operation-id", OPERATION_LEFT_OUT, "--generation-database", "none", "--continue-on-failure", "--no-color"],
        cwd=FOLDER, capture_output=True, text=True)
    found = re.search(r"([\d,]+) generated", done.stdout)
    if not found:
        raise Failed(f"schemathesis asked nothing (status {done.returncode})\n{done.stdout}{done.stderr}")
    return int(found.group(1).replace(",", "")), "" if done.returncode == 0 else done.stdout


def left_behind(roost):
    """What is still there when everything that was made has been deleted."""
    api = roost.api
    for vps in api.call("GET", "/v1/vps")["vps"]:
        roost.finish("DELETE", f"/v1/tenants/{vps['tenant']}/vps/{vps['name']}")
    return {what: found for what, found in (("vps", api.call("GET", "/v1/vps")["vps"]), ("addresses", api.call("GET", "/v1/addresses")["addresses"]), ("wardens", roost.guardians())) if found}


def main():
    programs, recipes, schemathesis, count = sys.argv[1:5]
    settle_in()
    roost = Asked(programs, recipes)
    roost.set_up()
    with open(f"{FOLDER}/schemathesis.toml", "w") as file:
        file.write(CONFIGURATION)
    tokens = {"a tenant's owner": roost.token("/v1/tenants/bench/tokens", "owner"), "an admin": roost.token("/v1/tokens", "admin")}
    asked, failed, seed = 0, 0, 1
    while asked < int(count):
        for who, token in tokens.items():
            number, wrong = ask(schemathesis, token, seed)
            asked, failed = asked + number, failed + bool(wrong)
            print(f"   {who}, seed {seed}: {number} requests, {'not all was well:' if wrong else 'all well'}", wrong, sep="\n", flush=True)
        seed += 1
    with open(roost.log) as log:
        errors = [line for line in log if " error " in line]
    left = left_behind(roost)
    for line in errors[:20]:
        print(f"   in the log: {line}", end="")
    if left:
        print(f"   left behind: {left}")
    print(f"\n{asked} passed, {failed + len(errors) + bool(left)} failed")
    raise SystemExit(1 if failed or errors or left else 0)


try:
    main()
except Failed as failure:
    raise SystemExit(f"fuzz: {failure}")
