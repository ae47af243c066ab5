"""The calls of a billing system's provisioning module, as WHMCS names them, over Roost's HTTP API.

Nothing but Python 3's standard library. Each call returns "success" or the sentence to show to an operator, and can be
repeated without harm: what it is about is found by the billing system's own id of the service, and what is so already is success.

    module = Module("https://roost.example:8443", token, cafile="/etc/ssl/roost.pem")
    module.create_account(Service(id="17", customer="c3", username="web1", plan="small", template="debian-12", ssh_keys=[key]))
    module.suspend_account("17", "invoice 99 is overdue")

A customer's quota is what he has ordered, exactly. The token must be an admin's; or a reseller's (role owner), with its name as the prefix and
"reseller" as the reason of suspensions. A token that is held to networks, or ends, can sign nobody on.
As a program, for trials and for other languages:  ROOST_URL, ROOST_TOKEN, ROOST_CAFILE, ROOST_PREFIX, ROOST_SUSPENSION, ROOST_PANEL;  roost_module.py VERB <JSON
"""
import dataclasses
import json
import os
import secrets
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

SUCCESS = "success"


@dataclasses.dataclass
class Service:
    """What was ordered. `id` and `customer` are the billing system's own."""
    id: str
    customer: str
    username: str
    plan: str
    template: str
    ssh_keys: list = dataclasses.field(default_factory=list)


class Refused(Exception):
    """A problem document (RFC 9457), or a server that does not answer."""

    def __init__(self, code, detail, retry_after=None):
        super().__init__(f"{detail} [{code}]")
        self.code, self.retry_after = code, retry_after


class Module:
    def __init__(self, url, token, cafile=None, prefix="billing", patience=120, suspension="billing", panel=""):
        """`prefix`: before every external id, so that two billing systems do not meet. `patience`: seconds for what takes long. `suspension`: the reason of its suspensions, "billing" for an admin's token, "reseller" for a reseller's. `panel`: the page that a customer who is signed on is sent to."""
        self.url, self.token, self.prefix, self.patience, self.suspension, self.panel = url.rstrip("/"), token, prefix, patience, suspension, panel
        self.context = ssl.create_default_context(cafile=cafile) if url.startswith("https:") else None

    # WHMCS's calls

    def create_account(self, service):
        def create():
            tenant = self._tenant(service)
            if self._find("vps", service.id):
                return self._made(service.id)
            self._grant(tenant, self._sizes(service.plan), {"vps": 1, "addresses": 1})
            try:
                self._operation("POST", f"/v1/tenants/{tenant}/vps", {
                    "name": service.username, "plan": service.plan, "template": service.template, "sshKeys": service.ssh_keys, "externalID": self._external(service.id),
                })
            except Refused as refused:
                if refused.code != "uniqueness_error" or not self._find("vps", service.id):  # somebody was faster
                    raise
                self._made(service.id)
        return self._said(create)

    def suspend_account(self, service_id, reason):
        return self._said(lambda: self._ask("PUT", self._path(self._vps(service_id)) + f"/suspensions/{self.suspension}", {"detail": "".join(c if c.isprintable() else " " for c in reason)[:200]}))

    def unsuspend_account(self, service_id):
        return self._said(lambda: self._ask("DELETE", self._path(self._vps(service_id)) + f"/suspensions/{self.suspension}"))

    def terminate_account(self, service_id):
        def terminate():
            vps = self._find("vps", service_id)
            if vps:
                self._operation("DELETE", self._path(vps))
                self._grant(vps["tenant"])
        return self._said(terminate)

    def change_package(self, service_id, plan):
        def change():
            vps = self._vps(service_id)
            if vps["plan"] != plan:
                sizes = self._sizes(plan)
                self._grant(vps["tenant"], {size: max(0, sizes[size] - vps[size]) for size in sizes})
                self._operation("PATCH", self._path(vps), {"plan": plan})
                self._grant(vps["tenant"])
        return self._said(change)

    def change_password(self, service_id, password):
        return self._said(lambda: self._ask("PUT", self._path(self._vps(service_id)) + "/password", {"password": password}))

    def single_sign_on(self, service_id, user="customer"):
        """A link that is good once, within a minute: its page has the ticket exchanged for a session (POST /v1/sign-ons)."""
        if not self.panel:
            raise Refused("invalid_input", "there is no panel: give ROOST_PANEL, the address of the page that customers enter by")
        users = f"/v1/tenants/{self._vps(service_id)['tenant']}/users"
        try:
            self._ask("POST", users, {"name": user, "role": "owner", "password": secrets.token_urlsafe(32)})  # that nobody knows
        except Refused as refused:
            if refused.code != "uniqueness_error":
                raise
        ticket = self._ask("POST", f"{users}/{user}/sign-ons")["ticket"]
        return f"{self.panel}?{urllib.parse.urlencode({'ticket': ticket})}"

    def renew(self, service_id):
        """Nothing is to be done: what was sold runs until it is suspended or terminated."""
        return self._said(lambda: self._vps(service_id))

    def usage_update(self):
        """Of all services in one pass, by the billing system's ids: the sizes that each has."""
        vpses = self._all("vps", fields="externalID,tenant,name,state,cpuMillicores,memoryBytes,diskBytes")
        mine = self.prefix + ":"
        return {vps["externalID"][len(mine):]: vps for vps in vpses if vps.get("externalID", "").startswith(mine)}

    # How they are done

    def _external(self, own):
        return f"{self.prefix}:{own}"

    def _tenant(self, service):
        found = self._find("tenants", service.customer)
        if found:
            return found["name"]
        name = f"{self.prefix}-{service.customer}".lower()
        try:
            nothing = dict.fromkeys(("vps", "cpuMillicores", "memoryBytes", "diskBytes", "addresses"), 0)
            self._ask("POST", "/v1/tenants", {"name": name, "quota": nothing, "externalID": self._external(service.customer)})
        except Refused as refused:
            if refused.code != "uniqueness_error" or not self._find("tenants", service.customer):  # somebody was faster
                raise
        return name

    def _sizes(self, plan):
        found = self._ask("GET", f"/v1/plans/{urllib.parse.quote(plan, safe='')}")
        return {size: found[size] for size in ("cpuMillicores", "memoryBytes", "diskBytes")}

    def _grant(self, tenant, *more):
        """A quota of what is used, and so much more; nobody else's change is overwritten."""
        for _ in range(20):
            found, tag = self._ask("GET", f"/v1/tenants/{tenant}", wants_tag=True)
            quota = {name: used + sum(sizes.get(name, 0) for sizes in more) for name, used in found["usage"].items()}
            try:
                return self._ask("PATCH", f"/v1/tenants/{tenant}", quota, tag=tag)
            except Refused as refused:
                if refused.code != "precondition_failed":
                    raise
        raise Refused("conflict", f"the quota of {tenant} changes all the time")

    def _made(self, service_id):
        """Until a creation that is under way has ended; one that failed leaves nothing."""
        end = time.monotonic() + self.patience
        while self._vps(service_id)["state"] == "starting" and time.monotonic() < end:
            time.sleep(0.2)

    def _find(self, listing, own):
        answer = self._ask("GET", f"/v1/{listing}?externalID={urllib.parse.quote(self._external(own), safe='')}")
        return next(iter(answer[listing]), None)

    def _vps(self, service_id):
        vps = self._find("vps", service_id)
        if not vps:
            raise Refused("not_found", f"there is no service {service_id}")
        return vps

    def _path(self, vps):
        return f"/v1/tenants/{vps['tenant']}/vps/{vps['name']}"

    def _all(self, listing, **query):
        elements, cursor = [], None
        while True:
            page = self._ask("GET", f"/v1/{listing}?" + urllib.parse.urlencode({**query, "limit": 1000, **({"cursor": cursor} if cursor else {})}))
            elements += page[listing]
            cursor = page.get("next")
            if not cursor:
                return elements

    def _operation(self, method, path, body=None):
        """Until it has ended."""
        operation = self._ask(method, path, body, wait=30)
        end = time.monotonic() + self.patience
        while operation["status"] in ("pending", "running"):
            if time.monotonic() > end:
                raise Refused("timeout", f"operation {operation['id']} is still under way")
            operation = self._ask("GET", f"/v1/operations/{operation['id']}", wait=30)
        if operation["status"] == "failed":
            raise Refused(operation["error"]["code"], operation["error"]["detail"])
        return operation

    def _ask(self, method, path, body=None, wait=None, tag=None, wants_tag=False):
        for attempt in range(5):
            try:
                return self._once(method, path, body, wait, tag, wants_tag)
            except Refused as refused:
                if refused.code != "rate_limit_exceeded" or attempt == 4:
                    raise
                time.sleep(refused.retry_after or 1)

    def _once(self, method, path, body, wait, tag, wants_tag):
        headers = {"Authorization": f"Bearer {self.token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if tag:
            headers["If-Match"] = tag
        if wait:
            headers["Prefer"] = f"wait={wait}"
        request = urllib.request.Request(self.url + path, None if body is None else json.dumps(body).encode(), headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=(wait or 0) + 30, context=self.context) as answer:
                text = answer.read()
                value = json.loads(text) if text else None
                return (value, answer.headers["ETag"]) if wants_tag else value
        except urllib.error.HTTPError as error:
            try:
                problem = json.load(error)
            except ValueError:
                raise Refused("unexpected_answer", f"HTTP {error.code}") from None
            raise Refused(problem.get("code", "unexpected_answer"), problem.get("detail", ""), int(error.headers.get("Retry-After") or 0)) from None
        except OSError as error:
            raise Refused("unreachable", f"{self.url}: {getattr(error, 'reason', error)}") from None

    def _said(self, call):
        try:
            call()
            return SUCCESS
        except Refused as refused:
            return str(refused)


def main():
    verbs = {
        "create": lambda m, a: m.create_account(Service(**a)), "suspend": lambda m, a: m.suspend_account(a["id"], a["reason"]), "unsuspend": lambda m, a: m.unsuspend_account(a["id"]),
        "terminate": lambda m, a: m.terminate_account(a["id"]), "change-package": lambda m, a: m.change_package(a["id"], a["plan"]),
        "change-password": lambda m, a: m.change_password(a["id"], a["password"]), "renew": lambda m, a: m.renew(a["id"]), "usage": lambda m, a: json.dumps(m.usage_update(), sort_keys=True),
        "single-sign-on": lambda m, a: m.single_sign_on(a["id"]),
    }
    if len(sys.argv) != 2 or sys.argv[1] not in verbs:
        sys.exit(f"usage: roost_module.py {'|'.join(verbs)} <JSON")
    try:
        get = os.environ.get
        module = Module(
            os.environ["ROOST_URL"], os.environ["ROOST_TOKEN"], get("ROOST_CAFILE"), prefix=get("ROOST_PREFIX", "billing"), suspension=get("ROOST_SUSPENSION", "billing"), panel=get("ROOST_PANEL", ""))
        said = verbs[sys.argv[1]](module, {} if sys.argv[1] == "usage" else json.load(sys.stdin))
    except KeyError as error:
        sys.exit(f"{error.args[0]} is missing")
    except (ValueError, TypeError) as error:
        sys.exit(f"the input is not what {sys.argv[1]} needs: {error}")
    except Refused as refused:
        sys.exit(str(refused))
    print(said)
    sys.exit(0 if said == SUCCESS or sys.argv[1] in ("usage", "single-sign-on") else 1)


if __name__ == "__main__":
    main()
