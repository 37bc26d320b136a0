"""pictures of the new pages: LANG size contrast"""
import sys, os, re, subprocess, time
sys.path.insert(0,'/work/wt/kiosk/tests/app')
sys.argv=[sys.argv[0]]+sys.argv[1:]
from staff_support import wait_for, Failure
from kiosk_support import play_kiosk
OUT='/tmp/kpics'; os.makedirs(OUT,exist_ok=True)
def shot(name):
    time.sleep(0.7)
    subprocess.run(["import","-window","root",f"{OUT}/{name}.png"],check=True)
CAM="videotestsrc is-live=true pattern=%s ! video/x-raw,format=YUY2,width=1280,height=720,framerate=15/1 ! identity name=last"
MIC="audiotestsrc is-live=true wave=pink-noise volume=0.6 ! audio/x-raw,format=S16LE,rate=16000,channels=1 ! identity name=last"
def walk(kiosk, steps):
    pass
def pics(kiosk, tag, cont, start_lang=None, contrast=None, size=0):
    kiosk.touch_start()
    if start_lang:
        kiosk.choose(start_lang); kiosk.app.wait_gone("push button","Text size")
    time.sleep(1)
    def go():
        kiosk.touch(cont); time.sleep(0.8)
    go()
    if contrast: kiosk.choose(contrast)
    for _ in range(size):
        kiosk.touch("Text size"); time.sleep(0.3)
    go(); go()
    boxes=kiosk.app.find_all("check box"); kiosk.app.mouse_click(boxes[0]); time.sleep(0.3)
    go(); go()
    return go
def labels(kiosk):
    return [n.name for n in kiosk.app.find_all("push button")]
def photo_buttons(kiosk):
    bs=[n for n in kiosk.app.find_all("push button") if n.extents()[1] < 900]
    return bs
def test_en(kiosk,_d):
    kiosk.app.find("push button","Touch here to start")
    time.sleep(2)
    go=pics(kiosk,"en","Continue")
    shot("en-what-none")
    kiosk.touch("Continue"); kiosk.app.find("label","There is a problem"); shot("en-what-problem")
    kiosk.plug("camera",CAM%"smpte"); kiosk.plug("microphone",MIC)
    kiosk.touch("Put away"); 
    kiosk.touch("Add a photo"); kiosk.touch("Try again") if kiosk.app.find_all("push button","Try again") else None
    kiosk.app.find("image","What the camera sees",timeout=30); shot("en-live")
    kiosk.touch("Take the picture"); kiosk.app.find("image","The picture that was taken"); shot("en-review")
    kiosk.touch("Use it")
    for i in range(3):
        kiosk.touch("Another photo"); kiosk.app.find("image","What the camera sees",timeout=30)
        if i==2: shot("en-live-3")
        kiosk.touch("Take the picture"); kiosk.touch("Use it")
    shot("en-rest"); kiosk.touch("Continue"); kiosk.app.find("label","What happened?"); shot("en-what-4")
    kiosk.touch("Speak"); time.sleep(.5); shot("en-speak")
    kiosk.touch("Try again" if kiosk.app.find_all("push button","Try again") else "Start to speak"); kiosk.app.find("label",re.compile("^It is recording"),timeout=30); time.sleep(2); shot("en-recording")
    kiosk.touch("I have finished"); kiosk.app.find("label",re.compile("^It is recorded")); shot("en-recorded")
    kiosk.touch("Continue"); kiosk.app.find("label","What happened?"); shot("en-what-both")
    for t in ("When did it happen?","Have you told us about this before?","How has it affected you?","What would put it right?","Who are you?"): kiosk.go_on(t)
    kiosk.choose("I am speaking for somebody else")
    for t in ("What is your name, and where do you live?","May you speak for them?"): kiosk.go_on(t)
    shot("en-behalf")
    kiosk.touch("Leave"); kiosk.pass_time(31); wait_for(lambda: kiosk.app.appear() and kiosk.app.find_all("push button","Touch here to start"),"x",60)
def no_big(kiosk,_d):
    go=pics(kiosk,"big","Continue",contrast="Strong contrast",size=3)
    shot("big-what")
    kiosk.touch("Put away") if kiosk.app.find_all("push button","Put away") else None
    time.sleep(.5); shot("big-what-away")
    kiosk.touch("Add a photo") if kiosk.app.find_all("push button","Add a photo") else None
    time.sleep(1)
    kiosk.app.find("image","What the camera sees",timeout=30); shot("big-live")
    kiosk.touch("Take the picture"); kiosk.app.find("image","The picture that was taken"); shot("big-review")
    kiosk.touch("Use it"); time.sleep(.5); shot("big-rest")
    kiosk.touch("Continue"); kiosk.app.find("label","What happened?")
    kiosk.touch("Put away") if kiosk.app.find_all("push button","Put away") else None
    time.sleep(.5)
    if kiosk.app.find_all("push button","More below"): kiosk.touch("More below"); time.sleep(.5); shot("big-what-below")
    kiosk.touch("Speak"); time.sleep(.8); shot("big-speak")
    kiosk.touch("Start to speak"); kiosk.app.find("label",re.compile("^It is recording"),timeout=30); shot("big-recording")
    kiosk.touch("Leave"); kiosk.pass_time(31); wait_for(lambda: kiosk.app.appear() and kiosk.app.find_all("push button","Touch here to start"),"x",60)
def test_ur(kiosk,_d):
    go=pics(kiosk,"ur","آگے","اردو")
    shot("ur-what")
    kiosk.touch("تصویر شامل کریں"); kiosk.app.find("image","جو کیمرہ دیکھ رہا ہے",timeout=30); shot("ur-live")
    kiosk.touch("تصویر لیں"); time.sleep(1); shot("ur-review")
    kiosk.touch("اسے استعمال کریں"); time.sleep(.5); shot("ur-rest")
    kiosk.touch("آگے"); time.sleep(.8)
    kiosk.touch("بولیں"); time.sleep(.8); shot("ur-speak")
if __name__=="__main__":
    sys.exit(play_kiosk(globals()))
